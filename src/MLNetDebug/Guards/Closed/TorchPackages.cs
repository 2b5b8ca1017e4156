using System.Collections.Concurrent;
using System.Reflection;

namespace MLNetDebug.Guards;

/// <summary>
/// Microsoft.ML.TorchSharp and the TorchSharp beside it, as they are loaded. What was built for another version is tried out: the members that are called are resolved,
/// and an initialiser is run on a tensor of two numbers.
/// </summary>
internal static class TorchPackages
{
    private const int MemberReference = 0x0A000000;

    private static readonly ConcurrentDictionary<Assembly, PackagePair?> Pairs = new();

    /// <summary>The pair that a trainer's assembly belongs to; null where it refers to no TorchSharp.</summary>
    public static PackagePair? PairOf(Assembly trainers) => Pairs.GetOrAdd(trainers, Read);

    /// <summary>The TorchSharp that an assembly's code is bound to; null where there is none.</summary>
    public static Assembly? TorchSharpOf(Assembly trainers)
    {
        // Merged into one file, it is the trainers' own assembly.
        if (trainers.GetType("TorchSharp.torch") is not null)
            return trainers;
        if (Reference(trainers) is not { } reference)
            return null;
        try
        {
            return Assembly.Load(reference);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Whether CUDA is there.</summary>
    /// <returns>Null where it could not be asked, with the reason.</returns>
    public static (bool? Available, string? Error) Cuda(Assembly torchSharp)
    {
        try
        {
            return torchSharp.GetType("TorchSharp.torch+cuda")?.GetMethod("is_available", Type.EmptyTypes)?.Invoke(null, null) is bool available ? (available, null) : (null, null);
        }
        catch (TargetInvocationException e)
        {
            return (null, Innermost(e));
        }
    }

    private static AssemblyName? Reference(Assembly trainers) => Array.Find(trainers.GetReferencedAssemblies(), a => a.Name == "TorchSharp");

    private static PackagePair? Read(Assembly trainers)
    {
        if (TorchSharpOf(trainers) is not { } torch)
            return null;
        var pair = new PackagePair(VersionOf(trainers), Short(Reference(trainers)?.Version ?? trainers.GetName().Version), VersionOf(torch)) { MissingMembers = Missing(trainers) };
        var (_, error) = Cuda(torch);
        return error is null ? pair with { DisposesWeights = DisposesWeights(trainers, torch) } : pair with { NativeError = error };
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? Short(assembly.GetName().Version);

    private static string Short(Version? version) => version is null ? "?" : version.ToString(3);

    /// <summary>Every member the assembly refers to, resolved as the runtime does when it first calls it.</summary>
    private static IReadOnlyList<string> Missing(Assembly assembly)
    {
        var missing = new List<string>();
        for (var row = 1; row < 0x00FFFFFF; row++)
        {
            try
            {
                assembly.ManifestModule.ResolveMember(MemberReference | row);
            }
            catch (MissingMemberException e)
            {
                missing.Add(e.Message.TrimEnd('.').Replace("Method not found: ", string.Empty, StringComparison.Ordinal));
            }
            catch (ArgumentOutOfRangeException)
            {
                // No more rows in the table.
                break;
            }
            catch (Exception e) when (e is ArgumentException or BadImageFormatException or TypeLoadException or IOException)
            {
                // Members of open generic types cannot be resolved outside of them: nothing is known of those.
            }
        }

        return missing;
    }

    private static bool? DisposesWeights(Assembly trainers, Assembly torch)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;
        try
        {
            var tensorType = torch.GetType("TorchSharp.torch+Tensor");
            var initialise = trainers.GetType("Microsoft.ML.TorchSharp.Utils.ModelUtils")?.GetMethod("InitZeros", Any);
            var zeros = torch.GetType("TorchSharp.torch")?.GetMethods(Any).FirstOrDefault(m => m.Name == "zeros" && m.GetParameters() is [{ ParameterType: { } first }, ..] && first == typeof(long[]));
            if (tensorType is null || initialise is null || zeros is null)
                return null;
            var tensor = zeros.Invoke(null, [new long[] { 2 }, .. zeros.GetParameters().Skip(1).Select(p => p.HasDefaultValue ? p.DefaultValue : null)]);
            initialise.Invoke(null, [tensor]);
            return tensorType.GetProperty("IsInvalid")?.GetValue(tensor) as bool?;
        }
        catch (Exception e) when (e is TargetInvocationException or ArgumentException or MemberAccessException)
        {
            return null;
        }
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return e.Message.ReplaceLineEndings(" ");
    }
}

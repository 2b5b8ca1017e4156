using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Reads an optimizer's groups back from it. An optimizer of an unknown make gives what it shows; nothing is thrown, and its state is left as it is.</summary>
internal static class OptimizerReader
{
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="named">The network's parameters as <c>named_parameters()</c> lists them.</param>
    public static OptimizerProfile Read(optim.Optimizer optimizer, IEnumerable<(string Name, Parameter Parameter)> named) => Read(optimizer, new ParameterIdentities(named));

    /// <inheritdoc cref="Read(optim.Optimizer, IEnumerable{ValueTuple{string, Parameter}})"/>
    public static OptimizerProfile Read(optim.Optimizer optimizer, ParameterIdentities identities) =>
        new() { Kind = optimizer.GetType().Name, Groups = [.. Groups(optimizer).Select((g, i) => Read(optimizer, g, i, identities)).OfType<ParameterGroupProfile>()] };

    /// <summary>
    /// How often one step of all optimizers together would update each parameter, by name; null where that is not known: no optimizer was given, or one of them shows no groups and none of
    /// the others holds the parameter.
    /// </summary>
    public static IReadOnlyDictionary<string, int?> Updates(IReadOnlyList<OptimizerProfile> optimizers, ParameterIdentities identities)
    {
        var counts = optimizers.SelectMany(o => o.Groups).SelectMany(g => g.Parameters).CountBy(n => n).ToDictionary();
        var isComplete = optimizers.Count > 0 && optimizers.All(o => o.Groups.Count > 0);
        return identities.Names.ToDictionary(n => n, n => counts.TryGetValue(identities.FirstName(n), out var count) ? count : isComplete ? 0 : (int?)null);
    }

    /// <summary>Its groups; none where it shows none.</summary>
    internal static IReadOnlyList<ParamGroup> Groups(optim.Optimizer optimizer) => Try(() => optimizer.ParamGroups?.OfType<ParamGroup>().ToArray()) ?? [];

    private static ParameterGroupProfile? Read(optim.Optimizer optimizer, ParamGroup group, int index, ParameterIdentities identities)
    {
        if (Names(optimizer, group, identities) is not { } names)
            return null;
        var setting = (string name) => Setting(group.Options, name) ?? Setting(optimizer, name);
        return new()
        {
            Index = index,
            LearningRate = group.Options?.LearningRate ?? double.NaN,
            Momentum = setting("momentum"),
            WeightDecay = setting("weight_decay"),
            Betas = (setting("beta1"), setting("beta2")) is ({ } first, { } second) ? (first, second) : null,
            Parameters = [.. names.OfType<string>()],
            Foreign = names.Count(n => n is null),
        };
    }

    /// <summary>The group's parameters by their names in the network, null for those that are none of it; null where the group cannot be enumerated.</summary>
    private static string?[]? Names(optim.Optimizer optimizer, ParamGroup group, ParameterIdentities identities) => Try(() =>
    {
        // LBFGS is native: its group wraps the same pointers anew each time it is enumerated, and each wrapper would free them. `parameters()` hands out pointers of its own.
        if (optimizer is LBFGS)
        {
            using var scope = NewDisposeScope();
            var own = optimizer.parameters().ToArray();
            var names = own.Select(identities.NameOf).ToArray();
            foreach (var parameter in own)
                parameter.Dispose();
            return names;
        }

        // A lazy sequence such as model.parameters() gives the network's new parameters after to(dtype), which the optimizer has no state of: its step throws on them.
        var known = optimizer is OptimizerHelper helper ? Try(() => StateOf(helper)) : null;
        return group.Parameters?.Select(p => known is { Count: > 0 } && p is { IsInvalid: false } && !Knows(known, p) ? null : identities.NameOf(p)).ToArray();
    });

    // A new parameter may get the handle of one that was disposed.
    private static bool Knows(OrderedDict<nint, OptimizerState> states, Parameter parameter) =>
        states.TryGetValue(parameter.Handle, out var state) && (state is null || !ParameterOf(state).IsInvalid);

    private static double? Setting(object? holder, string name) => holder?.GetType().GetField(name)?.GetValue(holder) switch
    {
        double value => value,
        _ => null,
    };

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    // The only list of the parameters that the optimizer was made with.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_state")]
    private static extern ref OrderedDict<nint, OptimizerState> StateOf(OptimizerHelper optimizer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parameter")]
    private static extern ref Parameter ParameterOf(OptimizerState state);
}

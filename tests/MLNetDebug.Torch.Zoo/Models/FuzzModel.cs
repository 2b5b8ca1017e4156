using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Fuzz;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>
/// Damaged files, loaded by <see cref="TorchModel.Load"/> and by ML.NET alone: a clear exception, or the answers of the intact model. What ML.NET throws of its own is its own; what our code throws must be clear there
/// too. A hidden command of the program, so that a file that hangs or kills it is seen: <c>fuzz-model-files FROM COUNT</c>.
/// </summary>
internal static class FuzzModel
{
    public const string Command = "fuzz-model-files";

    private const string Equal = "answers as before";

    public static int Run(string[] args)
    {
        TorchSharp.torch.set_num_threads(1);
        var (from, count) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        var files = Enum.GetValues<TorchTask>().Select(t => new ModelFiles(t)).ToArray();
        for (var seed = from; seed < from + count; seed++)
        {
            var (kind, detail) = Of(files[seed / 11 % files.Length], seed);
            Console.WriteLine($"{seed}\t{kind}\t{detail.ReplaceLineEndings("|").Replace('\t', ' ')}");
        }

        return 0;
    }

    private static (string Kind, string Detail) Of(ModelFiles files, int seed)
    {
        var (damage, file) = FileDamage.Of(files, seed);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        File.WriteAllBytes(path, file);
        try
        {
            var own = Judge(() =>
            {
                using var model = TorchModel.Load(files.Case.Ml, path, out _);
                return ModelCase.Answers(model, files.Case.Data);
            }, files.InBatches, isOwn: true);
            var plain = Judge(() => ModelCase.Answers(files.Case.Ml.Model.Load(path, out _), files.Case.Data), files.RowByRow, isOwn: false);
            var kind = own.Kind == FuzzOutcome.Other ? own : plain;
            return (kind.Kind == FuzzOutcome.Other ? FuzzOutcome.Other : $"{own.Kind}; plainly {plain.Kind}", $"{damage}, {files.Case.Predictor.Model.Task}: {own.Kind}: {own.Detail} // plainly {plain.Kind}: {plain.Detail}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (string Kind, string Detail) Judge(Func<string> score, string expected, bool isOwn)
    {
        try
        {
            return score() == expected ? (Equal, "") : (FuzzOutcome.Other, "other answers, without a word");
        }
        catch (Exception e)
        {
            for (var inner = e; inner is not null; inner = inner.InnerException)
            {
                if (inner is not TorchModelException && (IsOurs(inner) || (isOwn && inner == e)))
                    return (FuzzOutcome.Other, e.ToString());
                // What lies below ours is its cause.
                if (inner is TorchModelException)
                    return IsClear(inner.Message) ? (FuzzOutcome.Clear, inner.Message) : (FuzzOutcome.Other, $"unclear: {inner.Message}");
            }

            return ("exception of ML.NET", $"{e.GetType().Name} {e.Message}");
        }
    }

    private static bool IsClear(string message) => message.Length >= 20 && message.Contains(' ') && !message.Contains('\n');

    // Thrown by our code, or by what of the runtime it called.
    private static bool IsOurs(Exception e) => new StackTrace(e).GetFrames()
        .Select(f => f.GetMethod()?.DeclaringType?.Assembly.GetName().Name ?? "")
        .FirstOrDefault(n => !n.StartsWith("System", StringComparison.Ordinal)) is "MLNetDebug.Torch";
}

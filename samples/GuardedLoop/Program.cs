// Trains a small network on UCI's handwritten digits under a guard: a healthy loop, which it leaves alone, and one with a learning rate a hundred times too high, which it mends.
// dotnet run --project samples/GuardedLoop
using System.Globalization;
using GuardedLoop;
using Microsoft.ML;
using MLNetDebug;
using MLNetDebug.Torch;
using MLNetDebug.Torch.Training;
using TorchCheck;
using static TorchSharp.torch;

const double Rate = 0.05;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var runtime = TorchRuntime.Check();
if (!runtime.IsUsable)
{
    Console.Error.WriteLine(runtime);
    return 1;
}

var digits = Digits.Load(CPU);
var folder = Directory.CreateTempSubdirectory("guarded-loop-").FullName;

Heading($"a healthy loop, rate {Rate}");
using var progress = new ConsoleTrainingProgress();
var lines = new JsonLinesHistory(Path.Combine(folder, "run.jsonl"));
var healthy = Loop.Run(digits, Rate, new() { Progress = progress, History = [lines, new TensorBoardHistory(Path.Combine(folder, "board"))] });
healthy.Report.WriteTo(Console.Out);
Console.WriteLine($"\nEvery step is in {lines.Path}; `tensorboard --logdir {folder}` draws it.");

Heading($"rate {100 * Rate}: watched, and mended");
var sick = Loop.Run(digits, 100 * Rate, new() { Policy = TrainingPolicy.Observe });
var mended = Loop.Run(digits, 100 * Rate, new() { Policy = TrainingPolicy.Mend });
mended.Report.WriteTo(Console.Out);
Console.WriteLine();
foreach (var happened in mended.Events.Where(e => e.Kind != TrainingEventKind.Found))
    Console.WriteLine($"step {happened.Step,4}: {happened.Text}");

Heading("the rate it should have had");
Console.WriteLine(Loop.Range(digits, 100 * Rate));

Heading("Summary");
const string Row = "{0,-24} {1,-9} {2}";
Console.WriteLine(Row, "loop", "accuracy", "found");
foreach (var (name, run) in new[] { ("healthy", healthy), ("rate too high, watched", sick), ("rate too high, mended", mended) })
    Console.WriteLine(Row, name, $"{run.Accuracy:0.000}", string.Join(", ", run.Report.Findings.Where(f => f.Severity >= Severity.Warning).Select(f => $"{f.Rule.Id} {f.Rule.Name}").Distinct()));

string?[] problems =
[
    healthy.Report.Worst > Severity.Info ? $"The healthy loop was warned of {healthy.Report.Findings[0].Rule.Id}." : null,
    new FileInfo(lines.Path).Length == 0 ? "The history is empty." : null,
    sick.Report.Worst < Severity.Warning ? "Nothing was found in the loop with the rate too high." : null,
    mended.Accuracy < healthy.Accuracy - 0.1 || mended.Accuracy < sick.Accuracy + 0.1 ? $"The mend shows nothing: {mended.Accuracy:0.000}." : null,
];
foreach (var problem in problems.OfType<string>())
    Console.Error.WriteLine(problem);
return problems.Any(p => p is not null) ? 1 : 0;

static void Heading(string title) => Console.WriteLine($"\n=== {title} {new string('=', Math.Max(0, 94 - title.Length))}\n");

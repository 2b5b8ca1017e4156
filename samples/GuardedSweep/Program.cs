// The guarded sweep: a small CNN on digits, rates from 1e-5 to 10 and batches from 16 to 512. The best model, the map of where training is stable, and whether a smaller batch generalises better.
// dotnet run --project samples/GuardedSweep
using System.Diagnostics;
using System.Globalization;
using GuardedSweep;
using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.Torch;
using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch.nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var started = Stopwatch.GetTimestamp();
var runtime = TorchRuntime.Check();
if (!runtime.IsUsable)
{
    Console.Error.WriteLine(runtime);
    return 1;
}

var ml = new MLContext(seed: 1);
var (train, validation, test) = Digits.Load(ml);
var network = new TorchNetwork("digits-cnn", (_, classes) => Sequential(
    Unflatten(1, [1, 8, 8]), Conv2d(1, 16, 3, padding: 1), ReLU(), MaxPool2d(2), Conv2d(16, 32, 3, padding: 1), ReLU(), Flatten(), Linear(32 * 16, classes)));
var trainer = ml.MulticlassClassification.Trainers.Torch(network, new() { Optimizer = TorchOptimizer.Sgd });

// A study in a file: kill the program, give the study a name and the file a lasting place, and it goes on where it was.
var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "sweep")).FullName;
using var store = new SqliteStudyStore(Path.Combine(folder, "studies.db"));
const int Trials = 30;
SweepResult result;
using (var progress = new ConsoleSweepProgress { SearchTrials = Trials })
{
    var options = new SweepOptions { Metric = SweepMetric.Accuracy, Epochs = 12, Budget = new() { Trials = Trials }, Store = store, Progress = progress };
    result = await ml.Diagnostics().Sweep(trainer, train, validation, options, test);
}

Heading("The best");
Console.WriteLine(result);
using var model = result.Model as IDisposable;
var accuracy = result.Model is { } best ? ml.MulticlassClassification.Evaluate(best.Transform(test)).MicroAccuracy : double.NaN;
Console.WriteLine($"Its model is right on {accuracy:0.000} of the test digits.");

Heading("Where training is stable");
foreach (var tested in result.Study.Trials.Where(t => t.Bracket is not null).OrderBy(t => t.Plan.Parameters.BatchSize))
    Console.WriteLine($"batch {tested.Plan.Parameters.BatchSize,3}: moves from {tested.Bracket!.Moves:G2}, diverges between {tested.Bracket.DivergesLow:G2} and {tested.Bracket.DivergesHigh:G2}; begin with {tested.Bracket.Suggested:G2}");
File.WriteAllText(Path.Combine(folder, "heat-map.svg"), result.HeatMap());
File.WriteAllText(Path.Combine(folder, "learning-curves.svg"), result.LearningCurves());
using (var json = File.Create(Path.Combine(folder, "study.json")))
    StudyExport.WriteJson(result.Study, store.Events(result.Study.Definition.Name), json);
Console.WriteLine($"heat-map.svg, learning-curves.svg and study.json are in {folder}");

Heading("Does a smaller batch generalise better here?");
Console.WriteLine(result.BatchSizeVerdict);

Heading("Summary");
var doomed = result.Study.Trials.Count(t => t.Plan.Kind == TrialKind.Search && t.State is TrialState.Pruned or TrialState.Failed);
Console.WriteLine($"{doomed} of {Trials} trials were ended early; {result.Steps:N0} gradient steps in all; {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
string?[] problems =
[
    accuracy > 0.95 ? null : $"The best model is right on {accuracy:0.000} of the test digits only.",
    doomed > 0 ? null : "No trial was ended early, though most rates of the space are hopeless.",
    result.BatchSizes.AtEqualEpochs is null || result.BatchSizes.AtEqualUpdates is null ? "The effect of the batch size has no interval." : null,
    result.Study.Trials.Any(t => t.Bracket is not null) ? null : "No range test was run.",
];
foreach (var problem in problems.OfType<string>())
    Console.Error.WriteLine(problem);
return problems.Any(p => p is not null) ? 1 : 0;

static void Heading(string title) => Console.WriteLine($"\n=== {title} {new string('=', Math.Max(0, 94 - title.Length))}\n");

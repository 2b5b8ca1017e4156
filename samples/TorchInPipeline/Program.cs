// A network of one's own as an ML.NET trainer: digits through AppendDiagnostics() and Trainers.Torch with a small CNN; a sick twin, caught and mended; the model saved and loaded by a second process.
// dotnet run --project samples/TorchInPipeline
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLNetDebug;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Torch;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Training;
using TorchInPipeline;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const double Rate = 0.02;
var runtime = TorchRuntime.Check();
if (!runtime.IsUsable)
{
    Console.Error.WriteLine(runtime);
    return 1;
}

var ml = new MLContext(seed: 1);
var (train, test) = Digits.Load(ml);
if (args is [var saved, var answers])
    return SecondProcess.Score(ml, saved, answers, test);

Heading("healthy");
using var progress = new ConsoleTrainingProgress();
var options = new TorchTrainerOptions { Optimizer = TorchOptimizer.Sgd, LearningRate = Rate, Epochs = 15, Progress = progress };
var healthy = Pipeline(options).Fit(train);
var accuracy = Accuracy(healthy, test);
Console.WriteLine(Trained(healthy));

Heading("a sick twin: one pixel in raw units, a rate 30 times too high");
var (sickTrain, sickTest) = (Digits.Unscaled(ml, train), Digits.Unscaled(ml, test));
var sick = options with { LearningRate = 30 * Rate, Progress = null };
DiagnosticReport? found = null, watched = null;
var before = double.NaN;
string? stopped = null;
try
{
    var pipeline = Pipeline(sick, r => found = r).Fit(sickTrain);
    (before, watched) = (Accuracy(pipeline, sickTest), TrainingOf(pipeline).Report);
}
catch (TrainingStoppedException e)
{
    (stopped, watched) = (e.Message, e.Report);
}

foreach (var finding in found!.Findings.Concat(watched!.Findings).Where(f => f.Severity >= Severity.Warning))
    Console.WriteLine($"{finding.Rule.Id} {finding.Rule.Name}: {finding.Message}\n");
if (stopped is not null)
    Console.WriteLine(stopped);

Heading("the same, mended: the report's own scaling, and a guard that may act");
var scaling = found.Mends.OfType<EstimatorMend>().First().ToEstimator(ml);
var mended = Label().Append(scaling).Append(Trainer(sick with { Guard = new() { Policy = TrainingPolicy.Mend } })).Fit(sickTrain);
var after = Accuracy(mended, sickTest);
Console.WriteLine(Trained(mended));

Heading("saved, and loaded by a second process");
var folder = Directory.CreateTempSubdirectory("torch-in-pipeline-").FullName;
var (file, there) = (Path.Combine(folder, "digits.zip"), Path.Combine(folder, "answers.txt"));
ml.Model.Save(healthy, train.Schema, file);
using (var second = Process.Start(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [Environment.GetCommandLineArgs()[0], file, there] : [file, there])!)
    second.WaitForExit();
string[] here = [.. SecondProcess.Answers(healthy.Transform(test))], loaded = File.ReadAllLines(there);
var equal = here.Zip(loaded).Count(p => p.First == p.Second);
Console.WriteLine($"{new FileInfo(file).Length:N0} bytes; {equal} of {here.Length} answers of the second process are equal to the last bit.");
Directory.Delete(folder, true);

Heading("Summary");
Console.WriteLine($"healthy {accuracy:0.000}; sick {(stopped is null ? before.ToString("0.000") : "stopped")}; mended {after:0.000}");
var rules = found.Findings.Concat(watched.Findings).Select(f => f.Rule.Id).ToHashSet();
string?[] problems =
[
    accuracy < 0.9 ? $"The healthy network is right on {accuracy:0.000} of the test digits only." : null,
    rules.Contains(RuleIds.FeatureScale) ? null : "The unscaled pixel was not found.",
    watched.Worst >= Severity.Warning ? null : "The guard saw nothing in a training whose rate is 30 times too high.",
    stopped is null && !(before < accuracy - 0.2) ? $"The sick twin is not sick: {before:0.000}." : null,
    after < 0.9 ? $"The mend shows nothing: {after:0.000}." : null,
    equal == here.Length && here.Length > 0 ? null : "The second process answers otherwise.",
];
foreach (var problem in problems.OfType<string>())
    Console.Error.WriteLine(problem);
return problems.Any(p => p is not null) ? 1 : 0;

IEstimator<ITransformer> Label() => ml.Transforms.Conversion.MapValueToKey("Label", "Digit", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue);

TorchMulticlassTrainer Trainer(TorchTrainerOptions how) => ml.MulticlassClassification.Trainers.Torch(Network.Cnn, how with { FeatureColumnName = "Pixels" });

IEstimator<ITransformer> Pipeline(TorchTrainerOptions how, Action<DiagnosticReport>? take = null) =>
    Label().Append(Trainer(how)).AppendDiagnostics(new DiagnosticsOptions { Sinks = take is null ? null : [DiagnosticsSink.Callback(take)] });

double Accuracy(ITransformer model, IDataView rows) => ml.MulticlassClassification.Evaluate(model.Transform(rows)).MicroAccuracy;

static TorchTraining TrainingOf(ITransformer model) => ((IEnumerable<ITransformer>)model).OfType<TorchPredictionTransformer>().Single().Training!;

static string Trained(ITransformer model)
{
    var training = TrainingOf(model);
    var lines = training.Epochs.Where(e => e.Epoch % 5 == 4).Select(e => $"epoch {e.Epoch}: loss {e.MeanLoss:0.000}, held-out accuracy {e.Validation?.Accuracy:0.000}");
    return string.Join(Environment.NewLine, [.. lines, .. training.Events.Where(e => e.Kind != TrainingEventKind.Found).Select(e => $"step {e.Step}: {e.Text}"), $"weights of epoch {training.BestEpoch}"]);
}

static void Heading(string title) => Console.WriteLine($"\n=== {title} {new string('=', Math.Max(0, 94 - title.Length))}\n");

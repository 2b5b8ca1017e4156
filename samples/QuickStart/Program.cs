// Spoils a good data set in five ways, lets MLNetDebug say what is wrong, mends it, and shows what each did to a trained model.
// dotnet run --project samples/QuickStart            the reports as text
// dotnet run --project samples/QuickStart -- --json reports.json      and as JSON into a file
using Microsoft.ML;
using QuickStart;

var ml = new MLContext(seed: 1);
var healthy = Data.Load();

var baseline = Experiment.Run(ml, new Damage("the healthy base", split => split, []), healthy);
var outcomes = new List<Outcome> { baseline };
Print(baseline);
foreach (var damage in Damages.All)
{
    outcomes.Add(Experiment.Run(ml, damage, healthy));
    Print(outcomes[^1]);
}

Heading("In a pipeline of your own: .AppendDiagnostics(), see Pipeline.cs");
Pipeline.Run(ml, healthy);

Heading("Summary");
Table.Print(outcomes);
if (args is ["--json", var path])
    File.WriteAllText(path, $"[{string.Join(",\n", outcomes.Select(o => o.Report.ToJson()))}]\n");

var problems = outcomes.SelectMany(o => o.Problems(baseline.Before)).ToArray();
foreach (var problem in problems)
    Console.Error.WriteLine(problem);
return problems.Length == 0 ? 0 : 1;

static void Print(Outcome outcome)
{
    Heading(outcome.Damage.Name);
    outcome.Report.WriteTo(Console.Out);
    Console.WriteLine();
    Console.WriteLine($"Accuracy of the trained model on the test split: {outcome.Before:0.000}, mended {outcome.After:0.000}");
}

static void Heading(string title) => Console.WriteLine($"\n=== {title} {new string('=', Math.Max(0, 94 - title.Length))}\n");

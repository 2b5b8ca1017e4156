// Ruins three of ML.NET's own trainers, lets a guard say why, mends them and measures; then evaluates a model of NaN.
// dotnet run --project samples/GuardedTraining
using System.Globalization;
using GuardedTraining;
using Microsoft.ML;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var ml = new MLContext(seed: 1);
var outcomes = new List<Outcome>();
foreach (var spoilt in Cases.All(ml))
{
    Heading(spoilt.Name);
    outcomes.Add(spoilt.Run(ml));
    outcomes[^1].Report.WriteTo(Console.Out);
}

Heading("a model of NaN: perfect or invalid?");
var dead = DeadModel.Run(ml);

Heading("Summary");
const string Row = "{0,-30} {1,-19} {2,-24} {3}";
Console.WriteLine(Row, "trainer", "found as", "place", "unguarded -> mended");
foreach (var (spoilt, before, report, finding, after) in outcomes)
{
    Console.WriteLine(
        Row, report.Title["guarded fit of ".Length..].Replace("Trainer", string.Empty), finding is null ? "nothing" : $"{finding.Rule.Id} {finding.Rule.Name}", finding?.Subject.SlotName ?? "the model",
        $"{spoilt.Metric.Name} {before?.ToString("0.000") ?? "threw"} -> {after:0.000}");
}

var problems = outcomes.Select(o => o.Problem).Append(dead).OfType<string>().ToArray();
foreach (var problem in problems)
    Console.Error.WriteLine(problem);
return problems.Length == 0 ? 0 : 1;

static void Heading(string title) => Console.WriteLine($"\n=== {title} {new string('=', Math.Max(0, 94 - title.Length))}\n");

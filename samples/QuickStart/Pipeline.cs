using Microsoft.ML;

namespace QuickStart;

/// <summary>The same checks as a stage of a pipeline: they run when it is fitted, before the trainer does.</summary>
internal static class Pipeline
{
    public static void Run(MLContext ml, Split healthy)
    {
        var damaged = Damages.SortedRows.Apply(healthy);
        var data = Data.ToView(ml, damaged.Train, damaged.Pixels);

        var pipeline = ml.Transforms.NormalizeMeanVariance("Features")
            .Append(Training.Trainer(ml))
            .AppendDiagnostics();
        var model = pipeline.Fit(data);

        // A report with a warning was written to standard error before the trainer started; the model has it too.
        var report = model.DiagnosticReports().Single();
        Console.WriteLine($"{report.Findings.Count} findings before training, the first: {report.Findings[0].Rule.Name} at {report.Findings[0].Subject}");
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards;

/// <summary>Watching changes nothing: each of ML.NET's trainers that runs here, seeded and on one thread, with and without a guard.</summary>
[TestClass]
public sealed class GuardedTrainersTests
{
    private static readonly StockRows Rows = StockRows.Draw(400);

    public static IEnumerable<object[]> Trainers => StockTrainers.All.Select(t => new object[] { t.Name });

    private static GuardOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    [DynamicData(nameof(Trainers))]
    public void Guard_LeavesPredictionsAsTheyAre(string name)
    {
        var trainer = StockTrainers.Named(name);
        var plain = Scores(trainer.Create(new MLContext(1)).Fit(Rows.ToView()));
        var model = trainer.Guarded(new MLContext(1), Quiet).Fit(Rows.ToView());
        CollectionAssert.AreEqual(plain, Scores(model));
        Assert.AreEqual("none", string.Join("; ", model.DiagnosticReports().Single().Findings.Where(f => f.Severity >= Severity.Warning).Select(f => $"{f.Rule.Id} {f.Message}").DefaultIfEmpty("none")));
    }

    private static float[] Scores(ITransformer model)
    {
        var scored = model.Transform(Rows.ToView());
        return scored.Schema["Score"].Type is VectorDataViewType
            ? [.. scored.GetColumn<VBuffer<float>>("Score").SelectMany(v => v.DenseValues().ToArray())]
            : [.. scored.GetColumn<float>("Score")];
    }
}

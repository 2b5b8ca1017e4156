using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class KeptModelsTests
{
    private static TrialPlan Plan(int number, string arm, TrialKind kind = TrialKind.Confirmation) => new(number, kind, Trials.Parameters(0.1, 32), number, 20) { Arm = arm };

    private static Confirmed Winner(params (int Number, double Metric)[] runs) =>
        new(Trials.Of(0, 0.9), [.. runs.Select(r => new TrialRecord(Plan(r.Number, "trial 0")) { State = TrialState.Completed, Metric = r.Metric })]);

    [TestMethod]
    public void Of_HandsOutTheBestRunsModel_AndNoOther()
    {
        Model[] models = [.. Enumerable.Range(0, 5).Select(_ => new Model())];
        using (var kept = new KeptModels(SweepMetric.Accuracy))
        {
            kept.Take(Plan(0, "", TrialKind.Search), 0.9, models[0]);
            kept.Take(Plan(1, "trial 0"), 0.5, models[1]);
            kept.Take(Plan(2, "trial 0"), 0.7, models[2]);
            kept.Take(Plan(3, "trial 0"), 0.6, models[3]);
            kept.Take(Plan(4, "trial 1"), 0.8, models[4]);
            Assert.AreSame(models[2], kept.Of(Winner((1, 0.5), (2, 0.7), (3, 0.6))));
            Assert.IsNull(kept.Of(Winner((2, 0.7))), "It is handed out once.");
        }

        CollectionAssert.AreEqual(new[] { 1, 1, 0, 1, 1 }, models.Select(m => m.Disposals).ToArray());
    }

    [TestMethod]
    public void Of_WhereTheBestRunWasElsewhere_GivesNone()
    {
        using var kept = new KeptModels(SweepMetric.Loss);
        kept.Take(Plan(1, "trial 0"), 0.5, new Model());
        Assert.IsNull(kept.Of(Winner((1, 0.5), (2, 0.4))));
        Assert.IsNotNull(kept.Of(Winner((1, 0.5), (2, 0.6))));
    }

    [TestMethod]
    public void NoneWereMade_WhereBodiesRanHereAndMadeNone()
    {
        using var kept = new KeptModels(SweepMetric.Accuracy);
        Assert.IsFalse(kept.NoneWereMade);
        kept.Take(Plan(0, "", TrialKind.Search), double.NaN, null);
        Assert.IsFalse(kept.NoneWereMade, "A trial that failed says nothing of it.");
        kept.Take(Plan(1, "", TrialKind.Search), 0.5, null);
        Assert.IsTrue(kept.NoneWereMade);
        kept.Take(Plan(2, "", TrialKind.Search), 0.5, new Model());
        Assert.IsFalse(kept.NoneWereMade);
    }

    internal sealed class Model : ITransformer, IDisposable
    {
        public int Disposals { get; private set; }

        public bool IsRowToRowMapper => false;

        public void Dispose() => Disposals++;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw new NotSupportedException();

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

        public IDataView Transform(IDataView input) => throw new NotSupportedException();
    }
}

using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Mends;

[TestClass]
public sealed class SplitMendTests
{
    private readonly MLContext _ml = new(1);

    private sealed class Row
    {
        public int Id { get; set; }

        public string Label { get; set; } = string.Empty;

        public string User { get; set; } = string.Empty;

        public DateTime When { get; set; }

        public float X { get; set; }
    }

    private static Row[] Rows(int count, int classes = 4, int users = 20, int values = 1_000_000) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Row
        {
            Id = i,
            Label = "c" + (i % classes),
            User = "u" + (i * 7 % users),
            When = new DateTime(2026, 1, 1).AddHours(i * 13 % count),
            X = i * 31 % values,
        }),
    ];

    private (int[] Train, int[] Test) Ids(DataSplit split) => ([.. split.TrainSet.GetColumn<int>("Id")], [.. split.TestSet.GetColumn<int>("Id")]);

    private static SplitMend Mend(SplitKind kind, string? column, double fraction = 0.2, int seed = 1) => new(kind, column, fraction, seed) { Features = ["X"] };

    [TestMethod]
    [DataRow(SplitKind.Random, null)]
    [DataRow(SplitKind.Stratified, "Label")]
    [DataRow(SplitKind.Group, "User")]
    [DataRow(SplitKind.Time, "When")]
    public void EveryRowStandsOnOneSide_InTheShareAskedFor(SplitKind kind, string? column)
    {
        var (train, test) = Ids(Mend(kind, column).Split(_ml, _ml.Data.LoadFromEnumerable(Rows(1000))));
        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).ToArray(), train.Concat(test).Order().ToArray());
        Assert.AreEqual(200, test.Length, kind == SplitKind.Group ? 50 : 1);
    }

    [TestMethod]
    public void EqualFeatures_NeverStandOnBothSides() =>
        Gen.Select(Gen.Int[10, 200], Gen.Int[2, 60], Gen.Enum<SplitKind>(), Gen.Double[0.05, 0.9], Gen.Int).Sample(
            (count, values, kind, fraction, seed) =>
            {
                var rows = Rows(count, users: 9, values: values);
                var column = kind switch { SplitKind.Stratified => "Label", SplitKind.Group => "User", SplitKind.Time => "When", _ => null };
                DataSplit split;
                try
                {
                    split = Mend(kind, column, fraction, seed).Split(_ml, _ml.Data.LoadFromEnumerable(rows));
                }
                catch (InvalidOperationException e)
                {
                    StringAssert.Contains(e.Message, "to hold out");
                    return;
                }

                var (train, test) = Ids(split);
                var seen = train.Select(i => rows[i].X).ToHashSet();
                Assert.IsFalse(test.Any(i => seen.Contains(rows[i].X)), "equal features on both sides");
                if (kind == SplitKind.Group)
                    Assert.AreEqual(0, train.Select(i => rows[i].User).Intersect(test.Select(i => rows[i].User)).Count());
                if (kind == SplitKind.Time && test.Length > 0)
                    Assert.IsTrue(train.Max(i => rows[i].When) < test.Min(i => rows[i].When));
            },
            iter: 200);

    [TestMethod]
    public void Stratified_EachClassInTheSameShare_AndDiffersBySeed()
    {
        var rows = Rows(1000);
        var data = _ml.Data.LoadFromEnumerable(rows);
        var test = Ids(Mend(SplitKind.Stratified, "Label", 0.3).Split(_ml, data)).Test;
        foreach (var group in test.GroupBy(i => rows[i].Label))
            Assert.AreEqual(75, group.Count());
        CollectionAssert.AreNotEqual(test, Ids(Mend(SplitKind.Stratified, "Label", 0.3, seed: 2).Split(_ml, data)).Test);
    }

    [TestMethod]
    public void Stratified_NumericTarget_ByDeciles()
    {
        var test = Ids(new SplitMend(SplitKind.Stratified, "X") { Features = ["Id"] }.Split(_ml, _ml.Data.LoadFromEnumerable(Rows(1000)))).Test;
        var ranks = test.Select(i => Rows(1000)[i].X / 31).ToArray();
        for (var decile = 0; decile < 10; decile++)
            Assert.AreEqual(20, ranks.Count(r => (int)(r / 100) == decile));
    }

    [TestMethod]
    public void LeakingSplits_AreJoinedAndSplitCleanly()
    {
        var rows = Rows(400);
        var train = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows.Take(300)));
        var leaking = _ml.Data.LoadFromEnumerable(rows.Skip(250));
        var split = Mend(SplitKind.Stratified, "Label").Split(_ml, train, leaking);
        var (newTrain, newTest) = Ids(split);
        Assert.AreEqual(450, newTrain.Length + newTest.Length);
        Assert.AreEqual(0, newTrain.Intersect(newTest).Count());
        Assert.IsTrue(split.TrainSet.CanShuffle, "the source could be shuffled");
    }

    [TestMethod]
    public void Apply_GivesTheTrainingPart() =>
        CollectionAssert.AreEqual(
            Ids(Mend(SplitKind.Random, null).Split(_ml, _ml.Data.LoadFromEnumerable(Rows(50)))).Train,
            MendData.Ids(Mend(SplitKind.Random, null).Apply(_ml, _ml.Data.LoadFromEnumerable(Rows(50)))));

    [TestMethod]
    public void Code_HasTheArguments() => Assert.AreEqual(
        "var split = new SplitMend(SplitKind.Group, \"User\", 0.25, 1) { Features = [\"X\"] }.Split(ml, train, test);", Mend(SplitKind.Group, "User", 0.25).Code);

    [TestMethod]
    public void WrongData_GivesASentence()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows(10));
        StringAssert.Contains(Message(() => Mend(SplitKind.Group, "Patient").Split(_ml, data)), "no column 'Patient'");
        StringAssert.Contains(Message(() => Mend(SplitKind.Group, null).Split(_ml, data)), "needs a column");
        StringAssert.Contains(Message(() => Mend(SplitKind.Random, null, 1.0).Split(_ml, data)), "TestFraction is 1");
        StringAssert.Contains(Message(() => Mend(SplitKind.Random, null).Split(_ml, _ml.Data.LoadFromEnumerable(Rows(1)))), "1 row cannot be split");
        StringAssert.Contains(Message(() => Mend(SplitKind.Random, null).Split(_ml, _ml.Data.LoadFromEnumerable(Rows(10, values: 1)))), "All rows are equal");
        StringAssert.Contains(Message(() => Mend(SplitKind.Random, null).Split(_ml, data, MendData.View(_ml))), "no column 'User'");
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label");
        var other = _ml.Data.LoadFromEnumerable(Rows(10).Reverse());
        StringAssert.Contains(Message(() => Mend(SplitKind.Random, null).Split(_ml, keyed.Fit(data).Transform(data), keyed.Fit(other).Transform(other))), "stand for other values");
    }

    private static string Message(Action act) => Assert.ThrowsExactly<InvalidOperationException>(act).Message;
}

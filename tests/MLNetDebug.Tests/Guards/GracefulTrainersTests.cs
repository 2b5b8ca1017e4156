using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards;

[TestClass]
public sealed class GracefulTrainersTests
{
    private static readonly Type[] Trainers =
    [
        .. new[] { typeof(SdcaRegressionTrainer), typeof(KMeansTrainer), typeof(FastTreeRegressionTrainer), typeof(LightGbmRegressionTrainer), typeof(TextClassificationTrainer) }
            .SelectMany(t => t.Assembly.GetExportedTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>))),
    ];

    private static readonly IDataView Rows = StockRows.Draw(60, 3).ToView();

    public static IEnumerable<object[]> Names => typeof(GracefulTrainers).GetFields(BindingFlags.NonPublic | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<HashSet<string>>().SelectMany(s => s).Select(n => new object[] { n });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_name_is_a_real_trainers(string name) => Assert.HasCount(1, Trainers.Where(t => t.Name == name).ToArray());

    [TestMethod]
    public void No_name_stands_in_both_tables_and_unknown_ones_in_none()
    {
        Assert.HasCount(16, Names.ToArray());
        Assert.IsFalse(Names.Any(n => GracefulTrainers.Keep((string)n[0]) == GracefulTrainers.CannotBeReached((string)n[0])));
        Assert.IsFalse(GracefulTrainers.Keep("AveragedPerceptronTrainer") || GracefulTrainers.Keep("MyTrainer") || GracefulTrainers.CannotBeReached("MyTrainer"));
    }

    [TestMethod]
    public void All_of_a_kind_stand_in_the_table()
    {
        // SDCA and SGD in every form ML.NET has: a new one must be tried before it is added or left out.
        var stochastic = Trainers.Select(t => t.Name).Where(n => n.StartsWith("Sdca", StringComparison.Ordinal) || n.StartsWith("Sgd", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(7, stochastic);
        Assert.AreEqual(string.Empty, string.Join(", ", stochastic.Where(n => !GracefulTrainers.Keep(n))));
    }

    [TestMethod]
    [DataRow("Gam", "Starting to train", true)]
    [DataRow("GamRegression", "Starting to train", true)]
    [DataRow("LdSvm", "Channel started", true)]
    [DataRow("FastTree", "Starting to train", false)]
    public void Who_asks_nobody_while_it_learns_ends_when_it_ends(string name, string says, bool asksNobody)
    {
        var trainer = StockTrainers.Named(name).Create(new MLContext(1));
        Assert.AreEqual(asksNobody, GracefulTrainers.CannotBeReached(trainer.GetType().Name));
        var host = TrainerHost.Of(trainer).Single();
        using var listening = host.Listen((_, message) =>
        {
            if (message.Message.Contains(says, StringComparison.Ordinal))
                host.Cancel();
        });
        if (asksNobody)
            Assert.IsNotNull(trainer.Fit(Rows));
        else
            Assert.Throws<OperationCanceledException>(() => trainer.Fit(Rows));
    }

    [TestMethod]
    public void Of_who_asks_nobody_that_is_said()
    {
        var guarded = StockTrainers.Named("LdSvm").Guarded(new MLContext(1), new GuardOptions { Data = DataChecks.None, CheckModel = false, Diagnostics = new DiagnosticsOptions { Sinks = [] } });
        Assert.Contains(n => n.Reason.Contains("LdSvmTrainer loads its rows first and asks nobody while it learns", StringComparison.Ordinal), guarded.Fit(Rows).DiagnosticReports().Single().NotChecked);
    }
}

using System.Xml.Linq;
using MLNetDebug.AutoML.Export;

namespace MLNetDebug.AutoML.Tests.Export;

[TestClass]
public sealed class HeatMapFigureTests
{
    [TestMethod]
    public void Winner_IsRingedWhereItsTrialStands()
    {
        var study = FigureStudies.Of([FigureStudies.Search(0.001, 16, 0.3), FigureStudies.Search(0.01, 64, 0.9), FigureStudies.Search(0.1, 512, 0.5)]);
        Assert.AreEqual(CentreOf(Svg(study), "Trial 1,", "trial"), CentreOf(Svg(study), "Trial 1,", "winner"));
        var lossWinner = StudyFigures.HeatMap(study, SweepMetric.Loss);
        Assert.Contains("Trial 0,", FigureStudies.OfClass(XElement.Parse(lossWinner), "winner").Single().Value);
        var named = StudyFigures.HeatMap(study, SweepMetric.Accuracy, 2);
        Assert.Contains("Trial 2,", FigureStudies.OfClass(XElement.Parse(named), "winner").Single().Value);
    }

    [TestMethod]
    public void Colours_AreBrighterForTheBetter()
    {
        var study = FigureStudies.Of([FigureStudies.Search(0.001, 16, 0.3), FigureStudies.Search(0.01, 64, 0.9)]);
        Assert.AreEqual((Viridis.At(0), Viridis.At(1)), Fills(StudyFigures.HeatMap(study, SweepMetric.Accuracy)));
        Assert.AreEqual((Viridis.At(1), Viridis.At(0)), Fills(StudyFigures.HeatMap(study, SweepMetric.Loss)));

        static (string, string) Fills(string figure) => (Fill(figure, "Trial 0,"), Fill(figure, "Trial 1,"));
        static string Fill(string figure, string tip) => Mark(XElement.Parse(figure), tip, "trial").Attribute("fill")!.Value;
    }

    [TestMethod]
    public void Places_FollowTheLogarithms()
    {
        var study = FigureStudies.Of([FigureStudies.Search(0.001, 16, 0.3), FigureStudies.Search(0.01, 32, 0.9), FigureStudies.Search(0.1, 64, 0.5)]);
        var at = Enumerable.Range(0, 3).Select(i => CentreOf(Svg(study), $"Trial {i},", "trial")).ToArray();
        Assert.AreEqual(at[1].X - at[0].X, at[2].X - at[1].X, 0.02);
        Assert.AreEqual(at[1].Y - at[0].Y, at[2].Y - at[1].Y, 0.02);
        Assert.IsTrue(at[0].X < at[1].X && at[0].Y > at[1].Y);
    }

    [TestMethod]
    public void Brackets_ShowWhereTrainingMovesAndWhereItDiverges()
    {
        var study = FigureStudies.Of([FigureStudies.RangeTest(32, 0.001, 0.1, 0.2), FigureStudies.RangeTest(64, 0.001, 0.1, double.PositiveInfinity), FigureStudies.Search(0.01, 32, 0.9), FigureStudies.Search(0.2, 32, 0.1)]);
        var brackets = FigureStudies.OfClass(Svg(study), "bracket").ToArray();
        double[][] rectangles = [.. brackets.Select(b => b.Elements().Where(e => e.Name.LocalName == "rect").Select(e => FigureStudies.Value(e, "x")).ToArray())];
        Assert.HasCount(3, rectangles[0]);
        Assert.HasCount(1, rectangles[1]);
        Assert.AreEqual(CentreOf(Svg(study), "Trial 3,", "trial").X, rectangles[0][2], 0.02);
        Assert.IsTrue(rectangles[0][0] < rectangles[0][1] && rectangles[0][1] < rectangles[0][2]);
        var ground = FigureStudies.OfClass(Svg(study), "plot").Single().Elements().First();
        var doomed = brackets[0].Elements().Last();
        Assert.AreEqual(End(ground), End(doomed), 0.02);

        static double End(XElement rectangle) => FigureStudies.Value(rectangle, "x") + FigureStudies.Value(rectangle, "width");
    }

    [TestMethod]
    public void Diverged_IsToldFromFailed()
    {
        var diverged = FigureStudies.Search(1, 32, 0.1, TrialState.Pruned) with { Points = [new TrialPoint(1, double.NaN, 1)] };
        var study = FigureStudies.Of([diverged, FigureStudies.Search(0.1, 32, double.NaN, TrialState.Failed), FigureStudies.Search(0.1, 32, 0.2, TrialState.Pruned)]);
        foreach (var kind in new[] { "diverged", "failed", "pruned" })
            Assert.AreEqual(1, FigureStudies.OfClass(Svg(study), kind).Count(), kind);
    }

    [TestMethod]
    public void TooManyTrials_AreCutAndSaidSo()
    {
        var trials = Enumerable.Range(0, HeatMapFigure.MaxMarks + 10).Select(i => FigureStudies.Search(0.001 * (1 + i), 32, i == 3 ? 0.9 : 0.5, i == 3 ? TrialState.Completed : TrialState.Pruned, 1));
        var svg = Svg(FigureStudies.Of(trials));
        Assert.AreEqual(HeatMapFigure.MaxMarks, FigureStudies.OfClass(svg, "trial").Count());
        Assert.Contains("5,000 of them are shown", svg.Value);
        Assert.AreEqual(1, FigureStudies.OfClass(svg, "winner").Count());
    }

    private static XElement Svg(StudySnapshot study) => StudyFiguresTests.Checked(StudyFigures.HeatMap(study, SweepMetric.Accuracy));

    private static XElement Mark(XElement svg, string tip, string kind) =>
        FigureStudies.OfClass(svg, kind).Single(g => g.Value.StartsWith(tip, StringComparison.Ordinal)).Elements().First(e => e.Name.LocalName != "title");

    private static (double X, double Y) CentreOf(XElement svg, string tip, string kind)
    {
        var mark = Mark(svg, tip, kind);
        return mark.Name.LocalName == "circle"
            ? (FigureStudies.Value(mark, "cx"), FigureStudies.Value(mark, "cy"))
            : ((FigureStudies.Value(mark, "x1") + FigureStudies.Value(mark, "x2")) / 2, (FigureStudies.Value(mark, "y1") + FigureStudies.Value(mark, "y2")) / 2);
    }
}

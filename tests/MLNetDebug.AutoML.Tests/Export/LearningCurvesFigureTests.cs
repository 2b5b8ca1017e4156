using System.Xml.Linq;
using MLNetDebug.AutoML.Export;

namespace MLNetDebug.AutoML.Tests.Export;

[TestClass]
public sealed class LearningCurvesFigureTests
{
    [TestMethod]
    public void Thousand_AreCutTheWinnerKeptAndSaidSo()
    {
        var trials = Enumerable.Range(0, 1_000).Select(i => FigureStudies.Search(0.01, 32, i == 700 ? 0.95 : 0.5, i % 100 == 0 ? TrialState.Completed : TrialState.Pruned, 3));
        var figure = StudyFigures.LearningCurves(FigureStudies.Of(trials), SweepMetric.Accuracy);
        var svg = StudyFiguresTests.Checked(figure);
        Assert.AreEqual(LearningCurvesFigure.MaxCurves, FigureStudies.OfClass(svg, "trial").Count());
        Assert.Contains("200 of 1,000 are shown", svg.Value);
        Assert.Contains("Trial 700,", FigureStudies.OfClass(svg, "winner").Single().Value);
        Assert.IsLessThan(300_000, figure.Length);
    }

    [TestMethod]
    public void LongCurve_IsBoundedAndKeepsItsEnd()
    {
        var trial = FigureStudies.Search(0.01, 32, 0.9, epochs: 100_000) with { Plan = FigureStudies.Search(0.01, 32, 0.9).Plan with { Epochs = 100_000 } };
        var svg = StudyFiguresTests.Checked(StudyFigures.LearningCurves(FigureStudies.Of([trial]), SweepMetric.Accuracy));
        var path = FigureStudies.OfClass(svg, "winner").Single().Elements().First(e => e.Name.LocalName == "path").Attribute("d")!.Value;
        Assert.IsLessThanOrEqualTo(200, path.Count(c => c is 'M' or 'L'));
        Assert.Contains("L776 ", path);
    }

    [TestMethod]
    public void NotFinite_LeavesAGap()
    {
        var trial = FigureStudies.Search(0.01, 32, 0.9) with { Points = [new(1, 0.1, 1), new(2, 0.2, 2), new(3, double.NaN, 3), new(4, 0.4, 4), new(5, 0.5, 5)] };
        var svg = StudyFiguresTests.Checked(StudyFigures.LearningCurves(FigureStudies.Of([trial]), SweepMetric.Accuracy));
        var path = FigureStudies.OfClass(svg, "trial").Single().Elements().First(e => e.Name.LocalName == "path").Attribute("d")!.Value;
        Assert.AreEqual("MLML", string.Concat(path.Where(char.IsLetter)));
    }

    [TestMethod]
    public void Rungs_StandWhereSeveralWerePruned()
    {
        var trials = Enumerable.Range(0, 12).Select(i => FigureStudies.Search(0.01, 32, 0.2 + 0.01 * i, TrialState.Pruned, i < 5 ? 1 : i < 10 ? 3 : 4 + i));
        var svg = StudyFiguresTests.Checked(StudyFigures.LearningCurves(FigureStudies.Of(trials), SweepMetric.Accuracy));
        Assert.AreEqual(2, FigureStudies.OfClass(svg, "plot").Single().Elements().Count(e => e.Attribute("stroke-dasharray") is not null));
    }

    [TestMethod]
    public void NoTrial_IsSaid() =>
        Assert.Contains("No trial of the search has reported", XElement.Parse(StudyFigures.LearningCurves(FigureStudies.Of([]), SweepMetric.Loss)).Value);
}

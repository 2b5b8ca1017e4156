using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using MLNetDebug.AutoML.Export;

namespace MLNetDebug.AutoML.Tests.Export;

[TestClass]
public sealed partial class StudyFiguresTests
{
    private static readonly HashSet<string> Allowed = ["svg", "g", "title", "rect", "line", "circle", "path", "text"];

    [TestMethod]
    public void HeatMap_OfAnyStudy_IsWellFormedAndInside() => FigureStudies.Any.Sample(s =>
    {
        var svg = Checked(StudyFigures.HeatMap(s.Study, s.Metric));
        Assert.AreEqual(s.Study.Trials.Count(t => t.Plan.Kind == TrialKind.Search), FigureStudies.OfClass(svg, "trial").Count());
        Assert.AreEqual(s.Study.Trials.Any(IsCompleted) ? 1 : 0, FigureStudies.OfClass(svg, "winner").Count());
    }, iter: 150);

    [TestMethod]
    public void LearningCurves_OfAnyStudy_AreWellFormedAndInside() => FigureStudies.Any.Sample(s =>
    {
        var svg = Checked(StudyFigures.LearningCurves(s.Study, s.Metric));
        Assert.AreEqual(s.Study.Trials.Count(t => t.Plan.Kind == TrialKind.Search && t.Points.Any(p => double.IsFinite(p.Metric))), FigureStudies.OfClass(svg, "trial").Count());
    }, iter: 150);

    [TestMethod]
    public void Figures_EscapeWhatAStudySays()
    {
        const string Name = "</text><script>&\u001B[31m";
        var trial = FigureStudies.Search(0.01, 32, 0.5, TrialState.Pruned) with { Reason = "<b onclick='x'>]]>" };
        var study = FigureStudies.Of([trial], Name);
        foreach (var figure in new[] { StudyFigures.HeatMap(study, SweepMetric.Accuracy), StudyFigures.LearningCurves(study, SweepMetric.Accuracy) })
        {
            Assert.DoesNotContain("<script", figure);
            Assert.DoesNotContain("<b", figure);
            Assert.DoesNotContain("\u001B", figure);
            var svg = Checked(figure);
            Assert.IsTrue(svg.Descendants().Any(e => e.Name.LocalName == "text" && e.Value.Contains("</text><script>&\\u001B[31m", StringComparison.Ordinal)));
            Assert.IsTrue(svg.Descendants().Any(e => e.Name.LocalName == "title" && e.Value.Contains("<b onclick='x'>]]>", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void Figures_OfAnUnknownWinner_AreRefusedInASentence()
    {
        var study = FigureStudies.Of([FigureStudies.RangeTest(32, 0.001, 0.1, 0.2), FigureStudies.Search(0.01, 32, 0.9)]);
        var refused = Assert.ThrowsExactly<ArgumentException>(() => StudyFigures.HeatMap(study, SweepMetric.Accuracy, 0));
        Assert.Contains("has no trial 0 of the search", refused.Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => StudyFigures.LearningCurves(null!, SweepMetric.Accuracy));
        Assert.ThrowsExactly<ArgumentNullException>(() => StudyFigures.LearningCurves(study, null!));
    }

    [TestMethod]
    public void Figures_OfASweepThatCrownedNothing_RingNothing()
    {
        var study = FigureStudies.Of([FigureStudies.Search(0.01, 32, 0.9) with { Points = [new TrialPoint(1, 0.9, 0)] }]);
        string[] Drawn(TrialRecord? crowned) =>
            [HeatMapFigure.Draw(FigureStudy.Of(study, SweepMetric.Accuracy, crowned)), LearningCurvesFigure.Draw(FigureStudy.Of(study, SweepMetric.Accuracy, crowned))];
        foreach (var figure in Drawn(null))
        {
            var svg = Checked(figure);
            Assert.IsEmpty(FigureStudies.OfClass(svg, "winner").Concat(FigureStudies.OfClass(svg, "trial winner")));
            Assert.DoesNotContain("best of the search", figure);
            Assert.Contains("No trial is crowned", figure);
        }

        foreach (var figure in Drawn(study.Trials[0]))
        {
            Assert.DoesNotContain("best of the search", figure, "what won over seeds need not be");
            Assert.Contains("Winner: trial 0", figure);
        }

        Assert.Contains("best of the search", StudyFigures.HeatMap(study, SweepMetric.Accuracy));
    }

    /// <summary>Only plain shapes and text, with no reference outside and each coordinate finite and in the view box.</summary>
    internal static XElement Checked(string figure)
    {
        var svg = XElement.Parse(figure);
        double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        foreach (var element in svg.DescendantsAndSelf())
        {
            Assert.Contains(element.Name.LocalName, Allowed);
            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.LocalName != "aria-label"))
            {
                var (name, value) = (attribute.Name.LocalName, attribute.Value);
                Assert.IsFalse(name.StartsWith("on", StringComparison.Ordinal) || name == "href" || value.Contains("url(", StringComparison.Ordinal), value);
                if (name is "x" or "x1" or "x2" or "cx")
                    Inside(value, box[2]);
                else if (name is "y" or "y1" or "y2" or "cy")
                    Inside(value, box[3]);
                else if (name is "width" or "height" or "r")
                    Inside(value, Math.Max(box[2], box[3]));
                else if (name == "d")
                    Path(value, box);
            }

            if (element.Name.LocalName == "text" && element.Attribute("transform") is null)
                Inside(element, box[2]);
            if (element.Name.LocalName == "rect" && element.Attribute("x") is not null)
            {
                Inside(FigureStudies.Value(element, "x") + FigureStudies.Value(element, "width"), box[2]);
                Inside(FigureStudies.Value(element, "y") + FigureStudies.Value(element, "height"), box[3]);
            }
        }

        return svg;
    }

    private static void Inside(XElement text, double end)
    {
        var (x, width) = (FigureStudies.Value(text, "x"), FigureText.Width(text.Value, FigureStudies.Value(text, "font-size")));
        var left = text.Attribute("text-anchor")!.Value switch { "middle" => x - width / 2, "end" => x - width, _ => x };
        Inside(left, end);
        Inside(left + width, end);
    }

    // Every absolute place of a path.
    private static void Path(string path, double[] box)
    {
        Assert.DoesNotContain("NaN", path);
        foreach (Match place in Place().Matches(path))
        {
            Inside(place.Groups[1].Value, box[2]);
            Inside(place.Groups[2].Value, box[3]);
        }
    }

    private static void Inside(string value, double end) => Inside(double.Parse(value, CultureInfo.InvariantCulture), end);

    private static void Inside(double value, double end) => Assert.IsTrue(value >= 0 && value <= end + 0.01, $"{value} is not in [0, {end}]");

    private static bool IsCompleted(TrialRecord trial) => trial.Plan.Kind == TrialKind.Search && trial.State == TrialState.Completed && double.IsFinite(trial.Metric);

    [GeneratedRegex("[ML]([^ A-Za-z]+) ([^ A-Za-z]+)")]
    private static partial Regex Place();
}

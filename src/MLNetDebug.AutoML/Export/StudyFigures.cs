using MLNetDebug.AutoML.Export;

namespace MLNetDebug.AutoML;

/// <summary>Draws a study. Each figure is one whole SVG document: no script, no reference to anything outside, and every name from a study stands in it as text.</summary>
public static class StudyFigures
{
    /// <summary>
    /// The metric over learning rate (logarithmic) and batch size (logarithmic): one mark for each trial of the search at its own place, nothing interpolated, and what the range tests have shown of each
    /// batch size behind them. At most 5,000 trials are drawn; the figure says so where there are more.
    /// </summary>
    /// <param name="study">The study; it may still run, and it may be empty.</param>
    /// <param name="metric">What its trials are compared by.</param>
    /// <param name="winner">The number of the search's trial to ring; null for the best completed one.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="study"/> or <paramref name="metric"/> is null.</exception>
    /// <exception cref="ArgumentException">The study has no trial of the search of that number.</exception>
    public static string HeatMap(StudySnapshot study, SweepMetric metric, int? winner = null) => HeatMapFigure.Draw(FigureStudy.Of(study, metric, winner));

    /// <summary>
    /// The metric over the epochs: one line for each trial of the search that reported a number. At most 200 lines are drawn, the best completed trials first; the figure says so where there are more.
    /// </summary>
    /// <param name="study">The study; it may still run, and it may be empty.</param>
    /// <param name="metric">What its trials are compared by.</param>
    /// <param name="winner">The number of the search's trial to emphasise; null for the best completed one.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="study"/> or <paramref name="metric"/> is null.</exception>
    /// <exception cref="ArgumentException">The study has no trial of the search of that number.</exception>
    public static string LearningCurves(StudySnapshot study, SweepMetric metric, int? winner = null) => LearningCurvesFigure.Draw(FigureStudy.Of(study, metric, winner));
}

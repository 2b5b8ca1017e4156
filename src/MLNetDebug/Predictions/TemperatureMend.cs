using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// Adds recalibrated probabilities to scored rows (temperature scaling, Guo et al. 2017): log-probabilities divided by T and normalised again. Which class is
/// the most probable stays as it is.
/// </summary>
/// <param name="Probability">The column of probabilities: one number for the second of two classes, or a vector with one per class.</param>
/// <param name="Temperature">T, above 0; above 1 makes the model less sure of itself.</param>
/// <param name="Calibrated">The column that is added; the rows must not have it. Default <c>CalibratedProbability</c>.</param>
public sealed record TemperatureMend(string Probability, double Temperature, string Calibrated = "CalibratedProbability")
    : Mend(
        string.Create(CultureInfo.InvariantCulture, $"Add probabilities at temperature {Temperature:0.###}."),
        string.Create(CultureInfo.InvariantCulture, $"scored = new TemperatureMend({MendCode.Text(Probability)}, {Temperature:0.###}{(Calibrated == "CalibratedProbability" ? string.Empty : ", " + MendCode.Text(Calibrated))}).Apply(ml, scored);"))
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        if (!(Temperature > 0 && double.IsFinite(Temperature)))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A temperature is above 0 and finite; this one is {Temperature}."));
        var column = MendChecks.Column(data, Probability, this);
        if (data.Schema.GetColumnOrNull(Calibrated) is not null)
            throw new InvalidOperationException($"The data already has a column '{Calibrated}': pass another name for Calibrated.");
        if (column.Type == NumberDataViewType.Single)
            return new MappedColumnView(data, Calibrated, column.Type, column.Annotations, [column], row => OfTwo(row.GetGetter<float>(column)));
        if (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single)
            return new MappedColumnView(data, Calibrated, column.Type, column.Annotations, [column], row => OfSeveral(row.GetGetter<VBuffer<float>>(column)));
        throw new InvalidOperationException($"Column '{Probability}' is {column.Type}: probabilities are a Single, or a vector of Single with one per class.");
    }

    private ValueGetter<float> OfTwo(ValueGetter<float> probability) => (ref float calibrated) =>
    {
        probability(ref calibrated);
        // The odds are raised to 1/T; certainty stays certainty.
        var p = Math.Clamp((double)calibrated, 0, 1);
        var odds = Math.Pow(p / (1 - p), 1 / Temperature);
        calibrated = double.IsPositiveInfinity(odds) ? 1 : (float)(odds / (1 + odds));
    };

    private ValueGetter<VBuffer<float>> OfSeveral(ValueGetter<VBuffer<float>> probabilities)
    {
        var given = default(VBuffer<float>);
        return (ref VBuffer<float> calibrated) =>
        {
            probabilities(ref given);
            var editor = VBufferEditor.Create(ref calibrated, given.Length);
            given.CopyTo(editor.Values);
            double sum = 0;
            foreach (ref var p in editor.Values)
            {
                p = (float)Math.Pow(Math.Max(0, p), 1 / Temperature);
                sum += p;
            }

            // A row of zeros is no distribution, and no temperature makes it one.
            foreach (ref var p in editor.Values)
                p = sum > 0 ? (float)(p / sum) : 0;
            calibrated = editor.Commit();
        };
    }
}

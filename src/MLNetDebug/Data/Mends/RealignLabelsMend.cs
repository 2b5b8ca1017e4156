using System.Globalization;
using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Moves labels back to the rows they belong to; rows that lose their label are dropped.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Offset">Row i's true label stands in row i + Offset.</param>
public sealed record RealignLabelsMend(string Label, int Offset)
    : Mend(
        string.Create(CultureInfo.InvariantCulture, $"Realign the labels by {Math.Abs(Offset)} {(Math.Abs(Offset) == 1 ? "row" : "rows")} {(Offset > 0 ? "up" : "down")}."),
        string.Create(CultureInfo.InvariantCulture, $"data = new RealignLabelsMend({MendCode.Text(Label)}, {Offset}).Apply(ml, data);"))
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var label = MendChecks.Column(data, Label, this);
        return Offset == 0 ? data : MendChecks.KeepShuffling(ml, data, new RealignedView(data, label, Offset));
    }
}

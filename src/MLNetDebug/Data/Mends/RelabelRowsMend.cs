using System.Globalization;
using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>A row and the class it is to carry.</summary>
/// <param name="Row">Zero-based position.</param>
/// <param name="Value">The class as in <see cref="ClassCount.Value"/>: the number, or the 1-based key.</param>
/// <param name="Text">The class as the user writes it; what a text label is set to.</param>
public sealed record RowLabel(long Row, double Value, string Text);

/// <summary>Gives rows another label, by position. Look at the rows first: a suggestion is an estimate.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Rows">The rows and their new labels, most certain first.</param>
public sealed record RelabelRowsMend(string Label, IReadOnlyList<RowLabel> Rows)
    : Mend(
        string.Create(CultureInfo.InvariantCulture, $"Relabel {Rows.Count} {(Rows.Count == 1 ? "row" : "rows")}."),
        "var relabel = report.Mends.OfType<RelabelRowsMend>().First(); data = relabel.Apply(ml, data); // or, to drop them: relabel.ToDrop().Apply(ml, data)")
{
    /// <summary>The mend that drops the same rows instead.</summary>
    /// <returns>The mend.</returns>
    public DropRowsMend ToDrop() => new([.. Rows.Select(r => r.Row).Order()], "rows with suspect labels");

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var label = MendChecks.Column(data, Label, this);
        return MendChecks.KeepShuffling(ml, data, new RelabelledView(data, label, Rows));
    }
}

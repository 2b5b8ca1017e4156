using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Drops slots of a vector column (the column keeps its name).</summary>
/// <param name="Column">The vector column.</param>
/// <param name="Slots">Zero-based slots.</param>
public sealed record DropSlotsMend(string Column, IReadOnlyList<int> Slots)
    : Mend(
        $"Drop {(Slots.Count == 1 ? "slot" : "slots")} {MendCode.Numbers(Slots, most: 8)} of '{Column}'.",
        $"data = new DropSlotsMend({MendCode.Text(Column)}, [{MendCode.Numbers(Slots)}]).Apply(ml, data); // or leave their columns out of Concatenate")
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var column = MendChecks.Column(data, Column, this);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } type)
            throw new InvalidOperationException($"Column '{Column}' is {column.Type}: only vectors of known size have slots to drop.");
        if (Slots.Any(s => s < 0 || s >= type.Size))
            throw new InvalidOperationException($"Column '{Column}' has {type.Size} slots, so slot {Slots.First(s => s < 0 || s >= type.Size)} cannot be dropped: it is not the data that was checked.");
        var selection = new SlotSelection(type.Size, Slots);
        if (selection.Kept.Length == 0)
            throw new InvalidOperationException($"All {type.Size} slots of '{Column}' would be dropped: drop the column instead.");
        return selection.Apply(data, column, type);
    }
}

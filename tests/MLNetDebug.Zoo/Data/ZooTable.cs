using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Data;

/// <summary>A data set in memory. Arrays are shared between copies and never written to: a fault replaces what it changes.</summary>
internal sealed record ZooTable
{
    /// <summary>Numeric features by column.</summary>
    public required float[][] Columns { get; init; }

    /// <summary>Text features by name.</summary>
    public IReadOnlyList<(string Name, string[] Values)> Texts { get; init; } = [];

    /// <summary>Class labels 0, 1, ... or targets; NaN where missing.</summary>
    public required float[] Label { get; init; }

    /// <summary>Number of classes; 0 for regression.</summary>
    public required int Classes { get; init; }

    /// <summary>Group codes from 1; null where rows are not grouped.</summary>
    public uint[]? Groups { get; init; }

    /// <summary>True where the vector is handed over sparse.</summary>
    public bool Sparse { get; init; }

    /// <summary>Hands class labels over as plain numbers instead of booleans or keys.</summary>
    public bool LabelsAsNumbers { get; init; }

    public int Rows => Label.Length;

    public LearningTask Task => Classes switch
    {
        0 => LearningTask.Regression,
        2 => LearningTask.BinaryClassification,
        _ => LearningTask.MulticlassClassification,
    };

    /// <summary>The declaration that fits <see cref="ToView"/>.</summary>
    public DataDeclaration Declaration => new()
    {
        Label = "Label",
        Features = [.. Columns.Length > 0 ? ["Features"] : Array.Empty<string>(), .. Texts.Select(t => t.Name)],
        Group = Groups is null ? null : "Group",
        Task = Task,
    };

    /// <summary>The rows at the given positions, in that order.</summary>
    public ZooTable Select(int[] rows) => this with
    {
        Columns = [.. Columns.Select(c => Pick(c, rows))],
        Texts = [.. Texts.Select(t => (t.Name, Pick(t.Values, rows)))],
        Label = Pick(Label, rows),
        Groups = Groups is null ? null : Pick(Groups, rows),
    };

    /// <summary>This table's rows, then the other's.</summary>
    public ZooTable Append(ZooTable other) => this with
    {
        Columns = [.. Columns.Select((c, j) => (float[])[.. c, .. other.Columns[j]])],
        Texts = [.. Texts.Select((t, j) => (t.Name, (string[])[.. t.Values, .. other.Texts[j].Values]))],
        Label = [.. Label, .. other.Label],
        Groups = Groups is null ? null : [.. Groups, .. other.Groups!],
    };

    /// <summary>One column replaced.</summary>
    public ZooTable WithColumn(int slot, Func<float, int, float> change)
    {
        var columns = (float[][])Columns.Clone();
        columns[slot] = [.. columns[slot].Select(change)];
        return this with { Columns = columns };
    }

    /// <summary>The table as a data view: <c>Features</c>, the text columns, <c>Label</c>, <c>Group</c>.</summary>
    public IDataView ToView()
    {
        var columns = new List<MemoryColumn>();
        if (Columns.Length > 0)
            columns.Add(MemoryColumns.Vector("Features", Columns, [.. Columns.Select((_, j) => $"f{j:00}")], Sparse));
        columns.AddRange(Texts.Select(t => MemoryColumns.Text(t.Name, t.Values)));
        columns.Add(LabelColumn());
        if (Groups is not null)
            columns.Add(MemoryColumns.Of("Group", NumberDataViewType.UInt32, Groups));
        return new MemoryView(Rows, columns);
    }

    private MemoryColumn LabelColumn()
    {
        var hasMissing = Label.Any(float.IsNaN);
        if (Classes == 0 || LabelsAsNumbers || (Classes == 2 && hasMissing))
            return MemoryColumns.Of("Label", NumberDataViewType.Single, Label);
        if (Classes == 2)
            return MemoryColumns.Of("Label", BooleanDataViewType.Instance, [.. Label.Select(l => l > 0)]);
        uint[] keys = [.. Label.Select(l => float.IsNaN(l) ? 0u : (uint)l + 1)];
        return MemoryColumns.Key("Label", keys, Classes, [.. Enumerable.Range(0, Classes).Select(k => $"class {k}")]);
    }

    private static T[] Pick<T>(T[] values, int[] rows) => [.. rows.Select(r => values[r])];
}

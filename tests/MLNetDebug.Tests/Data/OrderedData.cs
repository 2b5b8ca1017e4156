using System.Globalization;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

/// <summary>Profiles made from rows in a given order, with nothing but the order statistics in them.</summary>
internal static class OrderedData
{
    /// <summary>A profile of numeric labels in this order.</summary>
    public static DataProfile Of(
        IReadOnlyList<double> labels, IReadOnlyList<float[]>? slots = null, LearningTask task = LearningTask.MulticlassClassification, int batchSize = 32)
    {
        var accumulator = new LabelAccumulator(new LabelColumn("Label", ColumnKind.Number, "Single", null, false, null, null), batchSize);
        foreach (var label in labels)
            accumulator.Add(label);
        return Of(accumulator.ToProfile(task), slots ?? [], new DataDeclaration { Task = task, BatchSize = batchSize });
    }

    /// <summary>A profile of this label and these feature slots, each in row order.</summary>
    public static DataProfile Of(LabelProfile label, IReadOnlyList<float[]> slots, DataDeclaration declaration)
    {
        var rows = label.Count;
        var positions = new long[rows];
        for (var i = 0; i < rows; i++)
            positions[i] = i;
        var profiled = slots.Select(values =>
        {
            var slot = Profiles.Slot([.. values.Select(v => (double)v)]);
            return slot with { Sketch = slot.Sketch! with { Order = SlotOrderTests.Compute(MidRanks.Of(values), positions, rows) } };
        });
        return Profiles.Of(rows, [Profiles.Vector("Features", [.. profiled])], label, declaration);
    }

    /// <summary>One of the data sets that QuickStart ships, rows as in the file: labels and feature slots.</summary>
    public static (double[] Labels, float[][] Slots) File(string name, bool header = true)
    {
        var rows = System.IO.File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", name)).Skip(header ? 1 : 0).Where(l => l.Length > 0)
            .Select(l => l.Split(',').Select(t => float.Parse(t, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var slots = Enumerable.Range(0, rows[0].Length - 1).Select(s => rows.Select(r => r[s]).ToArray()).ToArray();
        return ([.. rows.Select(r => (double)r[^1])], slots);
    }

    /// <summary>The same rows in another order.</summary>
    public static (double[] Labels, float[][] Slots) Reorder(this (double[] Labels, float[][] Slots) data, IReadOnlyList<int> order) =>
        ([.. order.Select(i => data.Labels[i])], [.. data.Slots.Select(s => order.Select(i => s[i]).ToArray())]);

    /// <summary>A random permutation.</summary>
    public static int[] Permutation(int rows, int seed)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <summary>What a shuffle within a pool makes of rows 0, 1, 2, ...</summary>
    public static int[] PoolShuffle(int rows, int pool, int seed)
    {
        var random = new Random(seed);
        var held = new List<int>();
        var order = new List<int>();
        for (var i = 0; i < rows; i++)
        {
            held.Add(i);
            if (held.Count == pool)
                Draw();
        }

        while (held.Count > 0)
            Draw();
        return [.. order];

        void Draw()
        {
            var at = random.Next(held.Count);
            order.Add(held[at]);
            held.RemoveAt(at);
        }
    }
}

using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Faults;

/// <summary>Row i's true label stands in row i + K, as after a bad join; rows that lose theirs are dropped.</summary>
internal sealed record LabelsShiftedBy(int K) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random)
    {
        // Every row of the result keeps its features and takes the label of the row K before it.
        var kept = Enumerable.Range(0, train.Rows).Where(i => i - K >= 0 && i - K < train.Rows).ToArray();
        return train.Select(kept) with { Label = [.. kept.Select(i => train.Label[i - K])] };
    }
}

/// <summary>Labels permuted over the rows.</summary>
internal sealed record LabelsPermuted : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train with { Label = [.. random.Permutation(train.Rows).Select(i => train.Label[i])] };
}

/// <summary>A share of the labels replaced by another class, drawn evenly.</summary>
internal sealed record LabelsFlipped(double Share) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random)
    {
        var labels = (float[])train.Label.Clone();
        foreach (var row in random.Permutation(train.Rows).Take((int)Math.Round(Share * train.Rows)))
            labels[row] = (labels[row] + 1 + random.Below(train.Classes - 1)) % train.Classes;
        return train with { Label = labels };
    }
}

/// <summary>Labels missing in a share of the rows.</summary>
internal sealed record LabelsMissing(double Share) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train with { Label = [.. train.Label.Select(l => random.Uniform() < Share ? float.NaN : l)] };
}

/// <summary>Classes counted 0, 1, ... handed over as negative numbers below 0: -1, 0, ...</summary>
internal sealed record LabelsNegative : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train with { Label = [.. train.Label.Select(l => l - 1)], LabelsAsNumbers = true };
}

/// <summary>No row of one class is left, while the key type still declares it.</summary>
internal sealed record ClassLost(int Class) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train.Select([.. Enumerable.Range(0, train.Rows).Where(i => train.Label[i] != Class)]);
}

/// <summary>Only one class is left.</summary>
internal sealed record OneClassLeft(int Class) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train.Select([.. Enumerable.Range(0, train.Rows).Where(i => train.Label[i] == Class)]);
}

/// <summary>Only a share of one class's rows is left.</summary>
internal sealed record ClassThinned(int Class, double Left) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train.Select([.. Enumerable.Range(0, train.Rows).Where(i => train.Label[i] != Class || random.Uniform() < Left)]);
}

/// <summary>A share of the rows stands twice, the second time with another label.</summary>
internal sealed record RowsContradicted(double Share) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random)
    {
        var copied = train.Select(random.Permutation(train.Rows)[..(int)(Share * train.Rows)]);
        copied = copied with { Label = [.. copied.Label.Select(l => (l + 1) % train.Classes)] };
        var both = train.Append(copied);
        return both.Select(random.Permutation(both.Rows));
    }
}

/// <summary>A regression target far from 0, in both splits: years counted from the year 0, degrees as kelvin.</summary>
internal sealed record TargetMoved(float Offset) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Train = Move(healthy.Train),
        Test = healthy.Test is null ? null : Move(healthy.Test),
    };

    private ZooTable Move(ZooTable table) => table with { Label = [.. table.Label.Select(l => l + Offset)] };
}

using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Faults;

/// <summary>One column in other units, in both splits.</summary>
internal sealed record ColumnScaled(int Slot, float Factor) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Train = healthy.Train.WithColumn(Slot, (v, _) => v * Factor),
        Test = healthy.Test?.WithColumn(Slot, (v, _) => v * Factor),
    };
}

/// <summary>A share of one column's cells replaced by a value (NaN, infinity).</summary>
internal sealed record CellsReplaced(int Slot, double Share, float Value) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random)
    {
        bool[] hit = [.. Enumerable.Range(0, train.Rows).Select(i => i == 0 || random.Uniform() < Share)];
        return train.WithColumn(Slot, (v, i) => hit[i] ? Value : v);
    }
}

/// <summary>One column that holds a single value.</summary>
internal sealed record ColumnConstant(int Slot, float Value) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Train = healthy.Train.WithColumn(Slot, (_, _) => Value),
        Test = healthy.Test?.WithColumn(Slot, (_, _) => Value),
    };
}

/// <summary>One column made from the label, with hardly any noise, in both splits.</summary>
internal sealed record ColumnGivesLabel(int Slot, float Noise) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Train = healthy.Train.WithColumn(Slot, (_, i) => healthy.Train.Label[i] + Noise * (float)random.Normal()),
        Test = healthy.Test?.WithColumn(Slot, (_, i) => healthy.Test.Label[i] + Noise * (float)random.Normal()),
    };
}

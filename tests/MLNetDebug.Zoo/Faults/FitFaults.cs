using Microsoft.ML;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Zoo.Faults;

/// <summary>Another trainer, or one set up so that it cannot learn.</summary>
internal sealed record FittedWith(Func<MLContext, IEstimator<ITransformer>> Create) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with { FitWith = Create };
}

/// <summary>All columns in other units, and perhaps another trainer for them.</summary>
internal sealed record AllScaled(float Factor) : Fault
{
    public Func<MLContext, IEstimator<ITransformer>>? Create { get; init; }

    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        FitWith = Create ?? healthy.FitWith,
        Train = healthy.Train with { Columns = [.. healthy.Train.Columns.Select(c => (float[])[.. c.Select(v => v * Factor)])] },
    };
}

/// <summary>A network set up otherwise.</summary>
internal sealed record NetworkSetUp(Func<NetworkSetup, NetworkSetup> Change) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with { Network = Change(healthy.Network) };
}

/// <summary>One row in twenty of a network's damaged, the first among them.</summary>
internal sealed record NetworkRowsHit(Func<NetworkRows, int, NetworkRows> Hit) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random)
    {
        int[] hit = [.. Enumerable.Range(0, healthy.Train.Rows).Where(i => i == 0 || random.Uniform() < 0.05)];
        return healthy with { Network = healthy.Network with { Rows = rows => hit.Where(i => i < rows.Rows).Aggregate(rows, Hit) } };
    }
}

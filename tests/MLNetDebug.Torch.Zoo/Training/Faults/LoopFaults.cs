namespace MLNetDebug.Torch.Zoo.Training.Faults;

/// <summary>Rows in another order than shuffled anew for every epoch.</summary>
internal sealed record Ordered(BatchOrder Order) : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => healthy with { Order = Order };
}

/// <summary>Trained on and on.</summary>
internal sealed record TrainedFor(int Steps) : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => healthy with { Steps = Steps };
}

/// <summary>A schedule that gives one step far too large a rate.</summary>
internal sealed record RateSpiked(long Step, double Factor) : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => healthy with { Schedule = (step, done) => healthy.Schedule(step, done) * (step == Step ? Factor : 1) };
}

/// <summary>Gradients that the loop does not clip.</summary>
internal sealed record ClippingRemoved : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => healthy with { ClipNorm = 0 };
}

/// <summary>Something else than probabilities is handed over as held-out probabilities.</summary>
internal sealed record HeldOutAs(HeldOutForm Form) : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => healthy with { HeldOut = Form };
}

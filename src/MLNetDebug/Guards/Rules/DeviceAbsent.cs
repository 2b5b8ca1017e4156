namespace MLNetDebug.Guards;

/// <summary>A GPU was asked for and none is there: the trainer goes on with the CPU and says nothing.</summary>
internal sealed class DeviceAbsent : Rule<TrainerSetup>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DeviceAbsent, nameof(RuleIds.DeviceAbsent), "A GPU was asked for that is not there.", RuleCategory.Setup, Severity.Error, ProofKind.Fact);

    protected override void Judge(TrainerSetup measured, FindingSink sink)
    {
        if (measured.Device is not { Gpu: { } gpu } device)
            return;
        var place = new Subject(SubjectKind.Trainer, $"{measured.Trainer}.GpuDeviceId");
        if (device.IsCudaAvailable is null)
        {
            sink.NotChecked(place, "whether there is a GPU: TorchSharp could not be asked");
            return;
        }

        if (device.IsCudaAvailable == true)
            return;
        sink.Report(new FindingDraft(
            place,
            $"GPU {gpu} was asked for, and TorchSharp finds no CUDA. " +
            (device.FallsBack
                ? $"{measured.Trainer} would train on the CPU without a word, many times slower."
                : "Fit would throw 'Fallback to CPU is false but no GPU detected' once the weights are loaded."))
        {
            Evidence = [new Evidence("GPUs found", 0) { Threshold = 1, Unit = "devices" }],
            Advice =
            [
                new Advice("Reference a package with CUDA for this system (TorchSharp-cuda-linux or TorchSharp-cuda-windows) and check the driver.", "nvidia-smi"),
                new Advice("Or say that the CPU is meant, before the trainer is made.", "ml.GpuDeviceId = null;"),
            ],
        });
    }
}

namespace MLNetDebug.Tests.Consumer;

internal sealed class ModelInput
{
    public bool Label { get; set; }

    public float A { get; set; }

    public float B { get; set; }
}

internal sealed class ModelOutput
{
    public float Score { get; set; }
}

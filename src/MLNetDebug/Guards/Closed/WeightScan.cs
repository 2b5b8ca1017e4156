namespace MLNetDebug.Guards;

/// <summary>One look at a network between two steps: its gradients, and its weights where asked.</summary>
internal sealed class WeightScan
{
    public WeightScan(TorchAccess torch, object model, bool scansWeights)
    {
        var (gradients, weights) = (0.0, 0.0);
        foreach (var (name, tensor) in torch.Parameters(model))
        {
            if (torch.Gradient(tensor) is { } gradient)
            {
                var scan = torch.Scan(gradient);
                torch.Free(gradient);
                gradients += scan.SquaredNorm;
                Note(scan, name + ".grad");
            }

            if (!scansWeights)
                continue;
            var values = torch.Scan(tensor);
            weights += values.SquaredNorm;
            Note(values, name);
        }

        GradientNorm = Math.Sqrt(gradients);
        ParameterNorm = scansWeights ? Math.Sqrt(weights) : null;
    }

    public double GradientNorm { get; }

    /// <summary>Null where the weights were not looked at.</summary>
    public double? ParameterNorm { get; }

    /// <summary>Tensors that hold a value that is not finite.</summary>
    public int NonFinite { get; private set; }

    /// <summary>The first of them.</summary>
    public string? First { get; private set; }

    private void Note(TensorScan scan, string name)
    {
        if (scan.NonFinite == 0)
            return;
        NonFinite++;
        First ??= name;
    }
}

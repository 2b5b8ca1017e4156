using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A linear layer, trained by hand: logits = W x + b.</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    public Linear(int inputs, int outputs, int seed)
    {
        (Inputs, Outputs) = (inputs, outputs);
        var random = new Random(seed);
        Weight = new Tensor([.. Enumerable.Range(0, inputs * outputs).Select(_ => (float)(random.NextDouble() - 0.5) / 5)], outputs, inputs);
        Bias = new Tensor(outputs);
        Register("weight", Weight);
        Register("bias", Bias);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    /// <summary>Logits of a batch, row-major.</summary>
    public override Tensor forward(Tensor input)
    {
        var rows = input.Values.Length / Inputs;
        var output = new float[rows * Outputs];
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < Outputs; k++)
            {
                var sum = Bias.Values[k];
                for (var j = 0; j < Inputs; j++)
                    sum += Weight.Values[(k * Inputs) + j] * input.Values[(r * Inputs) + j];
                output[(r * Outputs) + k] = sum;
            }
        }

        return new Tensor(output, rows, Outputs);
    }

    /// <summary>Gradients of the loss of a batch, from the loss's gradient at the logits.</summary>
    public void Backward(Tensor input, float[] atLogits)
    {
        var (weight, bias) = (new float[Weight.Values.Length], new float[Outputs]);
        var rows = input.Values.Length / Inputs;
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < Outputs; k++)
            {
                bias[k] += atLogits[(r * Outputs) + k];
                for (var j = 0; j < Inputs; j++)
                    weight[(k * Inputs) + j] += atLogits[(r * Outputs) + k] * input.Values[(r * Inputs) + j];
            }
        }

        (Weight.grad, Bias.grad) = (new Tensor(weight, Outputs, Inputs), new Tensor(bias, Outputs));
    }

    /// <summary>One step down the gradient.</summary>
    public void Step(double rate)
    {
        foreach (var tensor in new[] { Weight, Bias })
        {
            for (var i = 0; i < tensor.Values.Length; i++)
                tensor.Values[i] -= (float)rate * tensor.grad!.Values[i];
        }
    }
}

/// <summary>A network whose head is called as the text trainers call theirs.</summary>
public sealed class Network : nn.Module
{
    public Network(int inputs, int outputs, int seed)
    {
        Head = new Linear(inputs, outputs, seed);
        Register("PredictionHead.Classifier.dense", Head);
    }

    public Linear Head { get; }
}

/// <summary>A learning rate that stays.</summary>
public sealed class ConstantRate(double rate)
{
    public IEnumerable<double> get_last_lr() => [rate];
}

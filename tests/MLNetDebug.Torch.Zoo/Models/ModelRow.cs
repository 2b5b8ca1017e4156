using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>A row to be scored, with a label for each task.</summary>
internal sealed class ModelRow
{
    public const int Slots = 5;

    [VectorType(Slots)]
    public float[] Features { get; set; } = new float[Slots];

    public string Class { get; set; } = "";

    public bool IsPositive { get; set; }

    public float Number { get; set; }

    public string Note { get; set; } = "";

    /// <summary>Rows whose labels depend on their features.</summary>
    public static ModelRow[] Draw(int count, int seed = 1, int classes = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var features = Enumerable.Range(0, Slots).Select(_ => random.NextSingle() * 2 - 1).ToArray();
            // All classes stand in the first rows: so that keys are the same for any number of them.
            var c = i < classes ? i : (int)Math.Clamp((features[0] + 1) / 2 * classes, 0, classes - 1);
            return new ModelRow { Features = features, Class = $"class {c}", IsPositive = features[1] > 0, Number = features[2] * 3 + 1, Note = $"row {i}" };
        })];
    }
}

/// <summary>What an engine gives for a row.</summary>
internal sealed class ModelAnswer
{
    public float Score { get; set; }

    public bool PredictedLabel { get; set; }

    public float Probability { get; set; }
}

/// <summary>What an engine gives for a row of several classes.</summary>
internal sealed class ModelClasses
{
    public float[] Score { get; set; } = [];

    public string PredictedClass { get; set; } = "";

    public uint PredictedLabel { get; set; }
}

/// <summary>What an engine gives for a number.</summary>
internal sealed class ModelNumber
{
    public float Score { get; set; }
}

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;

namespace TorchInPipeline;

/// <summary>What another process does with a saved model: it names the network, loads the model and scores.</summary>
internal static class SecondProcess
{
    public static int Score(MLContext ml, string model, string answers, IDataView rows)
    {
        TorchNetwork.Register(Network.Cnn);
        var loaded = ml.Model.Load(model, out _);
        // It could score as it is, row by row; From has it score in batches, as the one that was saved.
        File.WriteAllLines(answers, Answers(TorchModel.From(loaded).Transform(rows)));
        return 0;
    }

    /// <summary>The answer to each row and its probabilities, to the last bit.</summary>
    public static IEnumerable<string> Answers(IDataView scored) => scored.GetColumn<uint>("PredictedLabel").Zip(
        scored.GetColumn<float[]>("Score"), (label, scores) => $"{label} {string.Join(' ', scores.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))}");
}

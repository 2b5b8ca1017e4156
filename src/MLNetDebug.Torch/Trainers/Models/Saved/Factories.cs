using Microsoft.ML.Transforms;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Gives the key of the maps.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class KeyFactory : CustomMappingFactory<FeatureSource, KeyTarget>
{
    public const string Contract = "MLNetDebug.Torch.Key";

    public static void Map(FeatureSource source, KeyTarget target) => target.Key = true;

    public override Action<FeatureSource, KeyTarget> GetMapping() => Map;
}

/// <summary>Scores a row of a saved model for a number.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class NumberFactory : CustomMappingFactory<WeightSource, NumberTarget>
{
    public const string Contract = "MLNetDebug.Torch.Score.Number";

    public static void Map(WeightSource source, NumberTarget target)
    {
        var (network, row) = SavedNetwork.Score(source, static t => t == TorchTask.Regression);
        target.Score = row.Scores[0];
        network.Return(row);
    }

    public override Action<WeightSource, NumberTarget> GetMapping() => Map;
}

/// <summary>Scores a row of a saved model for two classes.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BinaryFactory : CustomMappingFactory<WeightSource, BinaryTarget>
{
    public const string Contract = "MLNetDebug.Torch.Score.Binary";

    public static void Map(WeightSource source, BinaryTarget target)
    {
        var (network, row) = SavedNetwork.Score(source, static t => t == TorchTask.BinaryClassification);
        (target.PredictedLabel, target.Score, target.Probability) = (row.Labels[0] != 0, row.Scores[0], row.Probabilities[0]);
        network.Return(row);
    }

    public override Action<WeightSource, BinaryTarget> GetMapping() => Map;
}

/// <summary>Scores a row of a saved model for several classes.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ClassesFactory : CustomMappingFactory<WeightSource, ClassesTarget>
{
    public const string Contract = "MLNetDebug.Torch.Score.Classes";

    public static void Map(WeightSource source, ClassesTarget target)
    {
        var (network, row) = SavedNetwork.Score(source, static t => t is TorchTask.MulticlassClassification or TorchTask.OneVersusAll);
        (target.Fields, target.Class) = (ScoreFields.Write(row.Scores), row.Labels[0]);
        network.Return(row);
    }

    public override Action<WeightSource, ClassesTarget> GetMapping() => Map;
}

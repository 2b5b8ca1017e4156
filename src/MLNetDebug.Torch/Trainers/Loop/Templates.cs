using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>What only ML.NET's own trainers can make, since its constructors are not public: taken from the one that reads and gives the same columns.</summary>
internal static class Templates
{
    private static readonly MLContext Context = new();

    /// <summary>Normalised features, no calibration, and no more passes than a cache would help.</summary>
    public static TrainerInfo Info { get; } = Context.Regression.Trainers.Sdca().Info;

    /// <summary>The schema after the trainer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static SchemaShape OutputSchema(SchemaShape input, string label, string features, TorchTask task)
    {
        if (!input.Any(c => c.Name == features && c.ItemType is ImageDataViewType))
            return Of(input, label, features, task);
        var pixels = ImagePixels.Extraction(Context, features).GetOutputSchema(input);
        return new SchemaShape(Of(pixels, label, ImagePixels.Column, task).Where(c => c.Name != ImagePixels.Column));
    }

    private static SchemaShape Of(SchemaShape input, string label, string features, TorchTask task) => task switch
    {
        TorchTask.Regression => Context.Regression.Trainers.Sdca(label, features).GetOutputSchema(input),
        TorchTask.BinaryClassification => Context.BinaryClassification.Trainers.SdcaLogisticRegression(label, features).GetOutputSchema(input),
        _ => Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features).GetOutputSchema(input),
    };
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>The columns a trainer reads, once it is certain that it can.</summary>
/// <param name="View">The rows.</param>
/// <param name="Features">The features.</param>
/// <param name="Label">The label.</param>
/// <param name="Shape">Shape of a row.</param>
/// <param name="Classes">Classes; 2 for two, 1 for a number.</param>
internal sealed record TrainerColumns(IDataView View, string Features, string Label, IReadOnlyList<long> Shape, int Classes)
{
    /// <exception cref="ArgumentException">A column is missing or of a type that cannot be read.</exception>
    public static TrainerColumns Of(IDataView data, TorchTrainerOptions options, TorchTask task)
    {
        var label = Column(data.Schema, options.LabelColumnName, nameof(options.LabelColumnName));
        var features = Column(data.Schema, options.FeatureColumnName, nameof(options.FeatureColumnName));
        var classes = ClassesOf(label, task);
        if (features.Type is ImageDataViewType image)
        {
            if (image.Width <= 0 || image.Height <= 0)
                throw new ArgumentException($"The images of column '{features.Name}' have no fixed size; a network needs one: put ml.Transforms.ResizeImages before the trainer.", nameof(data));
            return new TrainerColumns(data, features.Name, label.Name, [3, image.Height, image.Width], classes);
        }

        if (features.Type is not VectorDataViewType { ItemType: NumberDataViewType { RawType: var item } } vector || item != typeof(float))
            throw new ArgumentException($"Column '{features.Name}' is {features.Type}; a network reads a vector of Single or images: put ml.Transforms.Concatenate, or a conversion to Single, before the trainer.", nameof(data));
        if (!vector.IsKnownSize)
            throw new ArgumentException($"The vectors of column '{features.Name}' differ in length from row to row; a network needs one length.", nameof(data));
        return new TrainerColumns(data, features.Name, label.Name, [.. vector.Dimensions.Select(d => (long)d)], classes);
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name, string option) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"The data has no column '{name}'; columns are {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => $"'{c.Name}'"))}. Set {nameof(TorchTrainerOptions)}.{option}.", nameof(schema));

    private static int ClassesOf(DataViewSchema.Column label, TorchTask task)
    {
        switch (task)
        {
            case TorchTask.Regression:
                return label.Type == NumberDataViewType.Single ? 1 : throw Mismatch(label, "a regression learns a Single", "ml.Transforms.Conversion.ConvertType(label, outputKind: DataKind.Single)");
            case TorchTask.BinaryClassification:
                return label.Type is BooleanDataViewType ? 2 : throw Mismatch(label, "two classes are a Boolean", "ml.Transforms.Conversion.ConvertType(label, outputKind: DataKind.Boolean)");
            default:
                if (label.Type is not KeyDataViewType key)
                    throw Mismatch(label, "several classes are a key", "ml.Transforms.Conversion.MapValueToKey(label)");
                return key.Count is >= 2 and <= int.MaxValue ? (int)key.Count : throw new ArgumentException($"The label '{label.Name}' has {key.Count:N0} key values; a classifier needs 2 at least.", nameof(label));
        }
    }

    private static ArgumentException Mismatch(DataViewSchema.Column label, string expected, string code) =>
        new($"The label '{label.Name}' is {label.Type}; {expected}: put {code} before the trainer.", nameof(label));
}

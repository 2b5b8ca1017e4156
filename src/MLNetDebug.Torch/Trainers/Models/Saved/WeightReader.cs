using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>A network as it was read: the model, the type of its feature column, and what tells its key values apart.</summary>
internal sealed record SavedModel(TorchModelParameters Model, DataViewType FeatureType, UInt128 KeysDigest);

/// <summary>Reads what <see cref="WeightWriter"/> wrote. The network itself is made by the factory that is registered under its name.</summary>
internal static class WeightReader
{
    private const int MostClasses = 1 << 24;

    /// <summary>What is said of a file that is not as it was written.</summary>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="inner">What was thrown.</param>
    public static TorchModelException Damaged(string what, Exception? inner = null) => new($"The saved network is damaged: {what}. Load an intact copy, or train and save it again.", inner);

    /// <summary>Reads it.</summary>
    /// <exception cref="TorchModelException">It is damaged, or does not fit the network that is registered.</exception>
    public static SavedModel Read(WeightPieces pieces)
    {
        var reader = new PayloadReader(pieces);
        var task = (TorchTask)reader.ReadInt32();
        var name = reader.ReadText();
        var shape = reader.ReadShape(smallest: 1);
        var classes = reader.ReadInt32();
        var (feature, label, temperature) = (reader.ReadText(), reader.ReadText(), reader.ReadDouble());
        if (!Enum.IsDefined(task) || classes < 1 || classes > MostClasses || name.Length == 0 || feature.Length == 0 || shape.Length == 0 || !(temperature > 0) || !double.IsFinite(temperature))
            throw Damaged("what it says of the network cannot be");
        var type = ReadType(reader);
        if (ScoredSchema.SlotsOf(type) != shape.Aggregate(1L, (a, b) => a * b))
            throw Damaged("the type of its feature column does not fit the shape of the network's input");
        var digest = reader.ReadUInt128();
        var modules = ReadModules(reader, task, name, shape, classes);
        if (reader.Left != 0)
        {
            foreach (var module in modules)
                module.Dispose();
            throw Damaged($"{reader.Left} bytes follow its end");
        }

        return new(new(TorchNetwork.Find(name)!, task, shape, classes, feature, label.Length == 0 ? null : label, modules, temperature), type, digest);
    }

    private static DataViewType ReadType(PayloadReader reader)
    {
        var isImage = reader.ReadInt32();
        var size = reader.ReadShape(smallest: 1);
        return isImage switch
        {
            0 when size.Length > 0 => new VectorDataViewType(NumberDataViewType.Single, size.Select(s => (int)s).ToArray()),
            1 when size.Length == 2 => new ImageDataViewType((int)size[0], (int)size[1]),
            _ => throw Damaged("the type of its feature column is none that a network reads"),
        };
    }

    private static List<nn.Module<Tensor, Tensor>> ReadModules(PayloadReader reader, TorchTask task, string name, long[] shape, int classes)
    {
        var count = reader.ReadInt32();
        if (count != (task == TorchTask.OneVersusAll ? classes : 1))
            throw Damaged($"it holds {count} network(s) for {classes} classes");
        var network = TorchNetwork.Find(name) ?? throw new TorchModelException(
            $"The saved model needs network '{name}', which is not registered in this process. Register it before the first prediction: TorchNetwork.Register(new TorchNetwork(\"{name}\", ...)).");
        var modules = new List<nn.Module<Tensor, Tensor>>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var module = Create(network, shape, task == TorchTask.MulticlassClassification ? classes : 1);
                modules.Add(module);
                StateReader.Read(reader, module, name);
                module.eval();
            }

            return modules;
        }
        catch
        {
            foreach (var module in modules)
                module.Dispose();
            throw;
        }
    }

    private static nn.Module<Tensor, Tensor> Create(TorchNetwork network, long[] shape, int outputs)
    {
        try
        {
            return network.Create(shape, outputs);
        }
        catch (InvalidOperationException e)
        {
            throw new TorchModelException($"The saved model of network '{network.Name}' cannot be used: {e.Message}", e);
        }
    }
}

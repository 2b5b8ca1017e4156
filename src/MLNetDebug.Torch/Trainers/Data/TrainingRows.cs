using Microsoft.ML;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>The rows of a training: those that are trained on, and those that are held out.</summary>
internal sealed class TrainingRows : IDisposable
{
    private readonly RowStore _store;
    private readonly RowStore _heldStore;
    private readonly RowOrder _split;
    private readonly bool _isSplit;

    private TrainingRows(TrainerColumns columns, RowStore store, RowStore? held, double heldShare, int seed)
    {
        (Columns, _store, _heldStore, _isSplit) = (columns, store, held ?? store, held is null);
        HeldCount = held?.Count ?? Math.Min((long)Math.Round(heldShare * store.Count), store.Count - 1);
        TrainingCount = held is null ? store.Count - HeldCount : store.Count;
        _split = new RowOrder(store.Count, RowOrder.Seed(seed, -1));
    }

    /// <summary>The columns they came from.</summary>
    public TrainerColumns Columns { get; }

    /// <summary>Rows that are trained on.</summary>
    public long TrainingCount { get; }

    /// <summary>Rows that are held out.</summary>
    public long HeldCount { get; }

    /// <summary>What was left out while reading, held-out rows included.</summary>
    public LeftOutRows LeftOut { get; private init; }

    /// <summary>A hash of all rows.</summary>
    public UInt128 Hash => _store.Hash ^ (_isSplit ? 0 : UInt128.RotateLeft(_heldStore.Hash, 1));

    /// <summary>Reads the rows, each source once.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or no row can be used.</exception>
    public static TrainingRows Read(IDataView input, IDataView? validation, TorchTrainerOptions options, TorchTask task)
    {
        var columns = TrainerColumns.Of(input, options, task);
        var heldColumns = validation is null ? null : Alike(validation, columns, options, task, "the validation data");
        var slots = checked((int)columns.Shape.Aggregate(1L, (a, b) => a * b));
        RowStore? store = null, held = null;
        try
        {
            store = new RowStore(slots, options.MemoryLimit);
            var left = Fill(store, columns, task, "the data", options.CancellationToken);
            if (heldColumns is not null)
            {
                held = new RowStore(slots, options.MemoryLimit);
                var more = Fill(held, heldColumns, task, "the validation data", options.CancellationToken);
                left = new(left.MissingLabels + more.MissingLabels, left.MissingFeatures + more.MissingFeatures);
            }

            return new TrainingRows(columns, store, held, options.ValidationFraction, options.Seed) { LeftOut = left };
        }
        catch
        {
            store?.Dispose();
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Reads further rows of the same columns, all of them to be held out.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="training">The columns that are trained on.</param>
    /// <param name="options">Names the columns.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="what">What these rows are, for a message.</param>
    /// <exception cref="ArgumentException">A column is missing or not like that of the training, or no row can be used.</exception>
    public static TrainingRows ReadHeld(IDataView data, TrainerColumns training, TorchTrainerOptions options, TorchTask task, string what)
    {
        var columns = Alike(data, training, options, task, what);
        var store = new RowStore(checked((int)columns.Shape.Aggregate(1L, (a, b) => a * b)), options.MemoryLimit);
        try
        {
            var left = Fill(store, columns, task, what, options.CancellationToken);
            return new TrainingRows(columns, store, store, 0, options.Seed) { LeftOut = left };
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The training rows in the order of an epoch.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="form">What batches look like.</param>
    /// <param name="first">The batch to begin with.</param>
    /// <param name="memory">Where batches lie; null for memory of its own.</param>
    public BatchFeed Epoch(int seed, int epoch, BatchForm form, long first = 0, BatchMemory? memory = null)
    {
        var order = new RowOrder(TrainingCount, RowOrder.Seed(seed, epoch));
        return new BatchFeed(_store, place => Training(order.At(place)), TrainingCount, form, first, memory);
    }

    /// <summary>The held-out rows, always in the same order.</summary>
    public BatchFeed Held(BatchForm form, BatchMemory? memory = null) => new(_heldStore, Held, HeldCount, form, memory: memory);

    /// <summary>The targets of the training rows.</summary>
    public IEnumerable<double> TrainingTargets()
    {
        for (var i = 0L; i < TrainingCount; i++)
            yield return _store.Target(Training(i));
    }

    /// <summary>The targets of the held-out rows.</summary>
    public IEnumerable<double> HeldTargets()
    {
        for (var i = 0L; i < HeldCount; i++)
            yield return _heldStore.Target(Held(i));
    }

    public void Dispose()
    {
        _store.Dispose();
        _heldStore.Dispose();
    }

    // Of a split the first places are held out.
    private long Held(long place) => _isSplit ? _split.At(place) : place;

    private long Training(long place) => _isSplit ? _split.At(HeldCount + place) : place;

    private static LeftOutRows Fill(RowStore store, TrainerColumns columns, TorchTask task, string what, CancellationToken token)
    {
        var left = RowReader.Read(columns.View, columns.Features, columns.Label, columns.Shape, task, store, token);
        store.Complete();
        return store.Count > 0 ? left : throw new ArgumentException(
            left.MissingLabels + left.MissingFeatures == 0 ? $"There is no row in {what}."
            : $"None of the {left.MissingLabels + left.MissingFeatures:N0} rows of {what} can be used: {left.MissingLabels:N0} have no label in '{columns.Label}', {left.MissingFeatures:N0} have features in '{columns.Features}' that are not finite.");
    }

    private static TrainerColumns Alike(IDataView data, TrainerColumns training, TorchTrainerOptions options, TorchTask task, string what)
    {
        var columns = TrainerColumns.Of(data, options, task);
        if (!columns.Shape.SequenceEqual(training.Shape))
            throw new ArgumentException($"Rows of {what} have shape [{string.Join(", ", columns.Shape)}] in '{options.FeatureColumnName}', those of the training data [{string.Join(", ", training.Shape)}]: transform both by the same fitted pipeline.");
        return columns.Classes == training.Classes ? columns : throw new ArgumentException(
            $"The label '{options.LabelColumnName}' has {columns.Classes} classes in {what} and {training.Classes} in the training data: transform both by the same fitted pipeline.");
    }
}

using Microsoft.ML;
using Microsoft.ML.Trainers;
using MLNetDebug.Data;
using MLNetDebug.Guards;

namespace MLNetDebug.Zoo.Trainers;

/// <summary>One of ML.NET's own trainers, seeded and on one thread, with its label among the columns of <see cref="StockRows"/>.</summary>
internal sealed record StockTrainer
{
    public required string Name { get; init; }

    public required LearningTask Task { get; init; }

    /// <summary>The label column; null for trainers that read none.</summary>
    public string? Label { get; init; }

    public required Func<MLContext, IEstimator<ITransformer>> Create { get; init; }

    /// <summary>The same under guard, made by the typed extension a user calls.</summary>
    public required Func<MLContext, GuardOptions?, IEstimator<ITransformer>> Guarded { get; init; }

    /// <summary>True where every iteration reads the rows anew, so that a cursor can end it.</summary>
    public bool ReadsByCursor { get; init; }

    public override string ToString() => Name;

    /// <summary>A trainer of ML.NET's own kind.</summary>
    public static StockTrainer Of<TTransformer, TModel>(
        string name, LearningTask task, string? label, Func<MLContext, ITrainerEstimator<TTransformer, TModel>> create, bool cursor = true)
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class => new()
        {
            Name = name,
            Task = task,
            Label = label,
            Create = ml => (IEstimator<ITransformer>)create(ml),
            Guarded = (ml, options) => (IEstimator<ITransformer>)create(ml).Guard(options),
            ReadsByCursor = cursor,
        };

    /// <summary>A trainer that is only an estimator.</summary>
    public static StockTrainer OfEstimator<TTransformer>(
        string name, LearningTask task, string? label, Func<MLContext, IEstimator<TTransformer>> create, bool cursor = true)
        where TTransformer : class, ITransformer => new()
        {
            Name = name,
            Task = task,
            Label = label,
            Create = ml => create(ml),
            Guarded = (ml, options) => create(ml).Guard(options),
            ReadsByCursor = cursor,
        };
}

using Microsoft.ML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>
/// The rows of a sweep, read once for all trials and range tests. What is read depends on the columns alone: validation rows are given, so that no seed decides which rows are held out, and neither seed nor
/// batch size is asked before an epoch is drawn.
/// </summary>
internal sealed class SweepRows : IDisposable
{
    private SweepRows(DataViewSchema schema, TrainingRows training, TrainingRows? test) => (Schema, Training, Test) = (schema, training, test);

    /// <summary>The schema of the training rows.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>Rows to train on, and the validation rows.</summary>
    public TrainingRows Training { get; }

    /// <summary>Rows that nothing is chosen by; null where there are none.</summary>
    public TrainingRows? Test { get; }

    /// <exception cref="ArgumentException">A column is missing or of another type, or no row can be used.</exception>
    public static SweepRows Read(TorchTrainer template, IDataView train, IDataView validation, IDataView? test)
    {
        var training = TrainingRows.Read(train, validation, template.Options, template.Task);
        try
        {
            return new SweepRows(train.Schema, training, test is null ? null : TrainingRows.ReadHeld(test, training.Columns, template.Options, template.Task, "the test data"));
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Training.Dispose();
        Test?.Dispose();
    }
}

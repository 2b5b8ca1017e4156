using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>The taps that a network's trainer wants in the data pass, and what they give.</summary>
internal sealed class ClosedTaps
{
    private readonly ClosedTrainer _trainer;
    private readonly VectorLabelTap? _labels;
    private readonly ClosedRowsTap _rows;

    public ClosedTaps(ClosedTrainer trainer, DataViewSchema schema)
    {
        _trainer = trainer;
        var hasSeveral = trainer.Kind is ClosedTrainerKind.NamedEntityRecognition or ClosedTrainerKind.ObjectDetection;
        // For entities, key 0 is the class of words that are none; everywhere else it is a missing label.
        _labels = hasSeveral ? VectorLabelTap.Of(schema, trainer.Label, zeroIsAClass: trainer.Kind == ClosedTrainerKind.NamedEntityRecognition) : null;
        _rows = new ClosedRowsTap(trainer, schema, _labels);
    }

    /// <summary>In the order they must read a row.</summary>
    public IReadOnlyList<IRowTap> Taps => _labels is null ? [_rows] : [_labels, _rows];

    /// <summary>Columns that a profile leaves to these taps.</summary>
    public IEnumerable<string> Read => Taps.SelectMany(t => t.Columns);

    /// <summary>The profile with the label that was read beside it.</summary>
    public DataProfile Complete(DataProfile profile) => _labels is null ? profile : profile with { Label = _labels.ToProfile() };

    /// <summary>What the rows are beyond the profile.</summary>
    public TrainerInput ToInput(DataProfile profile) => new()
    {
        Trainer = _trainer.Name,
        Name = profile.Name,
        Rows = _rows.Rows,
        Texts = _trainer.Texts,
        Label = _trainer.Label,
        Partner = _trainer.Kind switch
        {
            ClosedTrainerKind.ObjectDetection => _trainer.Features.ElementAtOrDefault(1),
            ClosedTrainerKind.QuestionAnswer => _trainer.Features.ElementAtOrDefault(2),
            _ => null,
        },
        Empty = FaultyRows.Of(_rows.Empty),
        Cut = FaultyRows.Of(_rows.Cut),
        Boxes = FaultyRows.Of(_rows.Boxes),
        Spans = FaultyRows.Of(_rows.Spans),
        Words = FaultyRows.Of(_rows.Words),
    };
}

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Counts what the rows of a network's trainer must be beyond what a data profile tells: texts it can hold, spans and labels that fit each other.</summary>
internal sealed class ClosedRowsTap : IRowTap
{
    /// <summary>NAS-BERT and RoBERTa cut a row after so many tokens; a word is one token at least.</summary>
    public const int MaxTokens = 512;

    private readonly ClosedTrainer _trainer;
    private readonly VectorLabelTap? _labels;
    private readonly DataViewSchema.Column[] _texts;
    private readonly DataViewSchema.Column? _boxes;
    private readonly (DataViewSchema.Column Answer, DataViewSchema.Column Start)? _span;
    private ValueGetter<ReadOnlyMemory<char>>[] _textGetters = [];
    private ValueGetter<VBuffer<float>>? _boxGetter;
    private ValueGetter<ReadOnlyMemory<char>>? _answerGetter;
    private ValueGetter<int>? _startGetter;
    private VBuffer<float> _box;

    /// <param name="trainer">The trainer.</param>
    /// <param name="schema">The data's schema.</param>
    /// <param name="labels">Read before this one on each row; null where the label is one value.</param>
    public ClosedRowsTap(ClosedTrainer trainer, DataViewSchema schema, VectorLabelTap? labels)
    {
        (_trainer, _labels) = (trainer, labels);
        _texts = [.. trainer.Texts.Select(t => schema.GetColumnOrNull(t)).OfType<DataViewSchema.Column>().Where(c => c.Type is TextDataViewType)];
        if (trainer.Kind == ClosedTrainerKind.ObjectDetection && trainer.Features.Count == 2 && schema.GetColumnOrNull(trainer.Features[1]) is { } boxes
            && boxes.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single)
            _boxes = boxes;
        if (trainer.Kind == ClosedTrainerKind.QuestionAnswer && trainer.Features.Count == 3 && schema.GetColumnOrNull(trainer.Features[2]) is { } answer && answer.Type is TextDataViewType
            && trainer.Label is { } start && schema.GetColumnOrNull(start) is { } at && at.Type == NumberDataViewType.Int32)
            _span = (answer, at);
    }

    public IEnumerable<string> Columns =>
        [.. _texts.Select(t => t.Name), .. _boxes is { } b ? [b.Name] : Array.Empty<string>(), .. _span is { } s ? [s.Answer.Name, s.Start.Name] : Array.Empty<string>()];

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    public RowFaults Empty { get; } = new();

    public RowFaults Cut { get; } = new();

    public RowFaults Boxes { get; } = new();

    public RowFaults Spans { get; } = new();

    public RowFaults Words { get; } = new();

    public void Begin(DataViewRow row)
    {
        _textGetters = [.. _texts.Select(t => row.GetGetter<ReadOnlyMemory<char>>(row.Schema[t.Index]))];
        _boxGetter = _boxes is { } boxes ? row.GetGetter<VBuffer<float>>(row.Schema[boxes.Index]) : null;
        _answerGetter = _span is { } span ? row.GetGetter<ReadOnlyMemory<char>>(row.Schema[span.Answer.Index]) : null;
        _startGetter = _span is { } at ? row.GetGetter<int>(row.Schema[at.Start.Index]) : null;
    }

    public void OnRow(long position)
    {
        Rows++;
        ReadOnlyMemory<char> first = default;
        var words = 0;
        var isEmpty = false;
        for (var i = 0; i < _textGetters.Length; i++)
        {
            ReadOnlyMemory<char> text = default;
            _textGetters[i](ref text);
            if (i == 0)
                first = text;
            var count = WordsOf(text.Span);
            words += count;
            isEmpty |= count == 0;
        }

        if (isEmpty)
            Empty.Add(position);
        if (words >= MaxTokens)
            Cut.Add(position);
        if (_trainer.Kind == ClosedTrainerKind.NamedEntityRecognition && _labels is not null && _labels.Labels < WordsOf(first.Span))
            Words.Add(position);
        if (_boxGetter is not null && _labels is not null)
        {
            _boxGetter(ref _box);
            if (_box.Length != 4 * _labels.Labels)
                Boxes.Add(position);
        }

        if (_answerGetter is not null && !IsAt(first.Span))
            Spans.Add(position);
    }

    private bool IsAt(ReadOnlySpan<char> context)
    {
        ReadOnlyMemory<char> answer = default;
        var start = 0;
        _answerGetter!(ref answer);
        _startGetter!(ref start);
        return start >= 0 && answer.Length > 0 && start <= context.Length - answer.Length && context.Slice(start, answer.Length).SequenceEqual(answer.Span);
    }

    private static int WordsOf(ReadOnlySpan<char> text)
    {
        var words = 0;
        var inside = false;
        foreach (var c in text)
        {
            var isLetter = !char.IsWhiteSpace(c);
            if (isLetter && !inside)
                words++;
            inside = isLetter;
        }

        return words;
    }
}

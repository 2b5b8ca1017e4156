using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Networks;

/// <summary>A base's rows as the networks' trainers take them: what a row holds is told by how often a letter stands in its text. Arrays are never written to.</summary>
internal sealed record NetworkRows
{
    private const int Levels = 6;

    public required string[] Texts { get; init; }

    /// <summary>Classes 0, 1, ... or targets.</summary>
    public required float[] Label { get; init; }

    /// <summary>Number of classes; 0 where targets are learned.</summary>
    public required int Classes { get; init; }

    /// <summary>The key of each word of a row's text.</summary>
    public required uint[][] WordKeys { get; init; }

    /// <summary>Four coordinates per object of a row's image.</summary>
    public required float[][] Boxes { get; init; }

    /// <summary>An answer in a row's text, and where it begins.</summary>
    public required (string Text, int Start)[] Answers { get; init; }

    public int Rows => Texts.Length;

    public static NetworkRows Of(ZooTable table)
    {
        string[] texts = [.. Enumerable.Range(0, table.Rows).Select(i => TextOf(table, i))];
        string[][] words = [.. texts.Select(t => t.Split(' '))];
        return new NetworkRows
        {
            Texts = texts,
            Label = table.Classes == 0 ? Scaled(table.Label) : table.Label,
            Classes = table.Classes,
            WordKeys = [.. words.Select(w => (uint[])[.. w.Select(word => word[0] <= 'f' ? 1u : 2u)])],
            Boxes = [.. words.Select(w => (float[])[.. w.SelectMany((word, i) => new float[] { i, i, i + word.Length, i + word.Length })])],
            Answers = [.. words.Select((w, i) => (w[^1], texts[i].Length - w[^1].Length))],
        };
    }

    /// <summary>The columns that a trainer of this kind reads.</summary>
    public IDataView ToView(ClosedTrainerKind kind) => new MemoryView(Rows, Columns(kind));

    private IEnumerable<MemoryColumn> Columns(ClosedTrainerKind kind) => kind switch
    {
        ClosedTrainerKind.SentenceSimilarity => [Text("Sentence1"), MemoryColumns.Of("Label", NumberDataViewType.Single, Label)],
        ClosedTrainerKind.NamedEntityRecognition => [Text("Sentence1"), Keys()],
        ClosedTrainerKind.ObjectDetection => [Numbers("BoundingBoxes", Boxes), Keys()],
        ClosedTrainerKind.QuestionAnswer =>
        [
            Text("Context"), Text("Question"), MemoryColumns.Text("TrainingAnswer", [.. Answers.Select(a => a.Text)]),
            MemoryColumns.Of("AnswerIndex", NumberDataViewType.Int32, [.. Answers.Select(a => a.Start)]),
        ],
        _ => [Text("Sentence1"), MemoryColumns.Key("Label", [.. Label.Select(l => (uint)l + 1)], Classes, [.. Enumerable.Range(0, Classes).Select(k => $"class {k}")])],
    };

    private MemoryColumn Text(string name) => MemoryColumns.Text(name, Texts);

    private MemoryColumn Keys() =>
        new MemoryColumn<VBuffer<uint>>("Label", new VectorDataViewType(new KeyDataViewType(typeof(uint), 2)), (long row, ref VBuffer<uint> value) => value = new(WordKeys[row].Length, WordKeys[row]))
        { Annotations = MemoryColumns.Key("Label", [], 2, ["early", "late"]).Annotations };

    private static MemoryColumn Numbers(string name, float[][] values) =>
        new MemoryColumn<VBuffer<float>>(name, new VectorDataViewType(NumberDataViewType.Single), (long row, ref VBuffer<float> value) => value = new(values[row].Length, values[row]));

    /// <summary>Targets with mean 0 and variance 1, as a network's should be.</summary>
    private static float[] Scaled(float[] targets)
    {
        var mean = targets.Average();
        var deviation = MathF.Sqrt(targets.Average(t => (t - mean) * (t - mean)));
        return [.. targets.Select(t => (t - mean) / deviation)];
    }

    /// <summary>A word for each of the first 26 columns, the longer the larger its value is.</summary>
    private static string TextOf(ZooTable table, int row) =>
        string.Join(' ', table.Columns.Take(26).Select((c, j) => new string((char)('a' + j), 1 + Math.Clamp((int)Math.Round((Levels / 2) + c[row]), 0, Levels))));
}

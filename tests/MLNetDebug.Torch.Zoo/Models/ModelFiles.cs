using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Models.Saved;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>The files that are damaged: a model of a task, its twin with other weights, and what the intact one answers.</summary>
internal sealed class ModelFiles
{
    // Several pieces, so that they can be mixed up.
    private const int Limit = 300;

    public ModelFiles(TorchTask task)
    {
        Case = ModelCase.Create(task, seed: 1, rows: 20);
        using var twin = ModelCase.Create(task, seed: 2, rows: 20);
        Bytes = BytesOf(SavedChain.Build(Case.Ml, Case.Predictor, Limit));
        Twin = BytesOf(SavedChain.Build(twin.Ml, twin.Predictor, Limit));
        Pieces = WeightWriter.Write(Case.Predictor, Limit).Pieces.Pieces;
        InBatches = ModelCase.Answers(Case.Model, Case.Data);
        RowByRow = ModelCase.Answers(new TransformerChain<ITransformer>(Case.Preparation, Case.Predictor.WithBatchSize(1)), Case.Data);
    }

    public ModelCase Case { get; }

    public byte[] Bytes { get; }

    public byte[] Twin { get; }

    /// <summary>The pieces of its weights.</summary>
    public byte[][] Pieces { get; }

    public string InBatches { get; }

    public string RowByRow { get; }

    /// <summary>The file around other texts of weights.</summary>
    public byte[] With(IReadOnlyList<ReadOnlyMemory<char>> texts) => BytesOf(SavedChain.Build(Case.Ml, Case.Predictor, texts));

    /// <summary>The entries of a file, in order.</summary>
    public static List<(string Name, byte[] Bytes)> Entries(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(e =>
        {
            using var stream = e.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return (e.FullName, bytes.ToArray());
        })];
    }

    /// <summary>A file of entries, each with the checksum of what it holds.</summary>
    public static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }

        return file.ToArray();
    }

    private byte[] BytesOf(ITransformer saved)
    {
        var file = new MemoryStream();
        Case.Ml.Model.Save(new TransformerChain<ITransformer>(Case.Preparation, saved), Case.Data.Schema, file);
        return file.ToArray();
    }
}

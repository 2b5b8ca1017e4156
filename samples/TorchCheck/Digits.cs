using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchCheck;

/// <summary>1,797 handwritten digits of 8 x 8 pixels, 1,200 of them to train on.</summary>
internal sealed record Digits(Tensor TrainX, Tensor TrainY, Tensor TestX, Tensor TestY)
{
    private const int TrainRows = 1200;

    public static Digits Load(Device device)
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"))
            .Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        new Random(1).Shuffle(rows);
        using var scope = NewDisposeScope();
        var x = tensor(rows.SelectMany(r => r[..64]).ToArray()).view(-1, 1, 8, 8) / 16;
        var y = tensor(rows.Select(r => (long)r[64]).ToArray());
        return new Digits(Part(x, 0, TrainRows), Part(y, 0, TrainRows), Part(x, TrainRows, rows.Length), Part(y, TrainRows, rows.Length));

        Tensor Part(Tensor of, int from, int to) => of.slice(0, from, to, 1).to(device).MoveToOuterDisposeScope();
    }
}

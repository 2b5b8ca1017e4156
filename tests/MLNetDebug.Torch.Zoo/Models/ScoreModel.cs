using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Torch.Trainers;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>
/// A process that has done nothing but register a network: it loads a model as any program of ML.NET does and writes down what it answers. A hidden command of the program: <c>score-model PATH OUT</c>.
/// </summary>
internal static class ScoreModel
{
    public const string Command = "score-model";

    public static int Run(string[] args)
    {
        TorchNetwork.Register(ModelCase.Factory);
        var ml = new MLContext();
        var loaded = ml.Model.Load(args[1], out _);
        File.WriteAllText(args[2], ModelCase.Answers(loaded, ml.Data.LoadFromEnumerable(ModelRow.Draw(50))));
        return 0;
    }

    /// <summary>Starts this program anew with a hidden command.</summary>
    public static Process Start(params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MLNetDebug.Torch.Tests.dll"), .. command]) { RedirectStandardOutput = true, UseShellExecute = false };
        // What a file makes anybody allocate ends in an exception and not in the machine's memory.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x80000000";
        return Process.Start(start)!;
    }
}

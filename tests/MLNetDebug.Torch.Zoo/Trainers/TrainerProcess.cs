using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using MLNetDebug.Torch.Trainers.Checkpoints;
using MLNetDebug.Torch.Trainers.Loop;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Trainers;

/// <summary>The program that is killed: it trains a plan and says the bits of its weights. A hidden command of the same program: <c>train-plan NUMBER FOLDER</c>, with <c>-</c> for no checkpoints.</summary>
internal static class TrainerProcess
{
    public const string Command = "train-plan";

    /// <summary>What it says when training begins.</summary>
    public const string Ready = "training";

    public static int Run(string[] args)
    {
        set_num_threads(1);
        var plan = TrainerPlan.All[int.Parse(args[1], CultureInfo.InvariantCulture)];
        Console.WriteLine(Ready);
        var trained = plan.Train(args[2] == "-" ? null : args[2]);
        var hash = new XxHash128();
        using var stream = new HashingStream(Stream.Null, hash);
        foreach (var tensor in trained.Model.Modules.SelectMany(TrainingLoop.StateOf))
            TensorStream.Write(stream, tensor);
        Console.WriteLine(FormattableString.Invariant($"{Convert.ToHexString(hash.GetCurrentHash())} {trained.Model.Temperature:R} epochs {trained.Training!.Epochs.Count}"));
        return 0;
    }

    /// <summary>Starts it in a process of its own: the built program itself, which is what is killed.</summary>
    public static Process Start(int plan, string? folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MLNetDebug.Torch.Tests.dll");
        var child = Process.Start(new ProcessStartInfo("dotnet", [program, Command, plan.ToString(CultureInfo.InvariantCulture), folder ?? "-"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return child.StandardOutput.ReadLine() == Ready ? child : throw new InvalidOperationException($"The program that trains '{TrainerPlan.All[plan].Name}' did not begin.");
    }

    /// <summary>Waits for its end and reads the bits, without the epochs that this process trained.</summary>
    public static string Bits(Process child)
    {
        var said = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit();
        return child.ExitCode == 0 ? said.Split(" epochs ")[0] : throw new InvalidOperationException($"The program that trains ended with code {child.ExitCode}: {said}");
    }
}

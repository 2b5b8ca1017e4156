using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Trainers.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Checkpoints;

[TestClass]
public sealed class CheckpointFolderTests
{
    [TestMethod]
    public void The_last_two_are_kept_and_the_last_is_read()
    {
        using var place = new TemporaryFolder();
        using (var run = new Run(place.Path))
        {
            Assert.IsNull(run.Folder.Resume(run.Image));
            for (var epoch = 1; epoch <= 4; epoch++)
                run.Write(epoch);
        }

        Assert.AreEqual(2, Files(place).Length);
        using var next = new Run(place.Path);
        Assert.AreEqual(4, next.Folder.Resume(next.Image)!.Value.Epoch);
        Assert.AreEqual(4f, next.Weights[0].ToSingle());
        Assert.AreEqual(0, next.Folder.Damaged.Count);
        next.Write(5);
        StringAssert.EndsWith(Files(place)[^1], "0000000005.checkpoint");
    }

    [TestMethod]
    [DataRow("cut")]
    [DataRow("flipped")]
    [DataRow("empty")]
    [DataRow("foreign")]
    public void A_damaged_one_is_named_and_the_one_before_is_used(string how)
    {
        using var place = new TemporaryFolder();
        using (var run = new Run(place.Path))
        {
            run.Write(1);
            run.Write(2);
        }

        Damage(Files(place)[^1], how);
        using (var next = new Run(place.Path))
        {
            Assert.AreEqual(1, next.Folder.Resume(next.Image)!.Value.Epoch);
            Assert.AreEqual(1f, next.Weights[0].ToSingle());
            Assert.Contains("0000000002.checkpoint", next.Folder.Damaged.Single());

            // What is damaged is not one of the two that are kept.
            next.Write(3);
            Assert.AreEqual(2, Files(place).Length);
            StringAssert.EndsWith(Files(place)[0], "0000000001.checkpoint");
            Damage(Files(place)[1], how);
        }

        Damage(Files(place)[0], how);
        using var last = new Run(place.Path);
        Assert.Contains("Delete the folder to train from the start.", Assert.ThrowsExactly<IOException>(() => last.Folder.Resume(last.Image)).Message);
    }

    [TestMethod]
    public void What_another_process_left_half_written_is_not_looked_at()
    {
        using var place = new TemporaryFolder();
        using (var run = new Run(place.Path))
            run.Write(1);
        File.WriteAllText(Files(place)[0].Replace("01.", "02.", StringComparison.Ordinal) + ".part", "half");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Files(place)[0])!, "notes.checkpoint"), "the user's");
        using var next = new Run(place.Path);
        Assert.AreEqual(1, next.Folder.Resume(next.Image)!.Value.Epoch);
        Assert.AreEqual(0, next.Folder.Damaged.Count);
    }

    [TestMethod]
    public void A_second_training_in_the_same_folder_is_turned_away()
    {
        using var place = new TemporaryFolder();
        using var run = new Run(place.Path);
        Assert.Contains("another process runs the same training", Assert.ThrowsExactly<IOException>(() => new Run(place.Path)).Message);
    }

    [TestMethod]
    public void A_full_disk_is_a_sentence_and_leaves_the_checkpoint_before()
    {
        if (!File.Exists("/dev/full"))
            Assert.Inconclusive("This system has no device that is always full.");
        using var place = new TemporaryFolder();
        using var run = new Run(place.Path);
        run.Write(1);
        // What is written beside the checkpoint's place goes to the device that is always full.
        File.CreateSymbolicLink(Files(place)[0].Replace("01.", "02.", StringComparison.Ordinal) + ".part", "/dev/full");
        var e = Assert.ThrowsExactly<IOException>(() => run.Write(2));
        Assert.Contains("cannot be written", e.Message);
        Assert.Contains("Checkpoints before it are whole", e.Message);
        Assert.AreEqual(1, run.Folder.Resume(run.Image)!.Value.Epoch);
    }

    [TestMethod]
    public void A_file_where_the_folder_should_be_is_a_sentence()
    {
        using var place = new TemporaryFolder();
        Assert.Contains("cannot be used", Assert.ThrowsExactly<IOException>(() => new Run(place.Touch("file"))).Message);
    }

    private static string[] Files(TemporaryFolder place) => [.. Directory.GetFiles(place.Path, "0*.checkpoint", SearchOption.AllDirectories).Order()];

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, how switch
        {
            "cut" => bytes[..^7],
            "empty" => [],
            "foreign" => [.. bytes.Select(b => (byte)~b)],
            _ => [.. bytes.Select((b, i) => i == bytes.Length / 2 ? (byte)(b ^ 1) : b)],
        });
    }

    /// <summary>A network of one weight with its optimizer.</summary>
    private sealed class Run : IDisposable
    {
        private readonly TorchSharp.Modules.Linear _network = nn.Linear(1, 1, hasBias: false);
        private readonly TorchSharp.Modules.Adam _optimizer;

        public Run(string root)
        {
            _optimizer = optim.Adam(_network.parameters());
            Weights = [_network.weight];
            Image = new RunImage(Weights, [], _optimizer);
            Folder = CheckpointFolder.Open(root, 7);
        }

        public Tensor[] Weights { get; }

        public RunImage Image { get; }

        public CheckpointFolder Folder { get; }

        public void Write(int epoch)
        {
            using (no_grad())
                Weights[0].fill_(epoch);
            Folder.Write(Image, new LoopPosition { Epoch = epoch });
        }

        public void Dispose()
        {
            Folder.Dispose();
            _optimizer.Dispose();
            _network.Dispose();
        }
    }
}

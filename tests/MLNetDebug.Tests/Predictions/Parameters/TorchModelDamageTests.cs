using System.Text;
using CsCheck;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Parameters;

/// <summary>A damaged file is said to be damaged: no other exception, and no memory for what it only claims.</summary>
[TestClass]
public sealed class TorchModelDamageTests
{
    private static readonly byte[] Model = TorchModelWriter.Write(
        TorchModelWriter.Floats("first", 1, 2, 3), new SavedTensor("scalar", 4, [], new byte[8]), new SavedTensor("halves", 5, [2, 3], new byte[12]), TorchModelWriter.Floats("last", 4));

    [TestMethod]
    public void A_network_cut_off_at_any_length_is_damaged()
    {
        for (var length = 0; length < Model.Length; length++)
            Assert.Contains("ends in the middle of", Damaged(Model[..length]).Message, $"{length} bytes");
        Assert.HasCount(4, TorchModelReader.ReadTensors(new MemoryStream(Model)));
    }

    [TestMethod]
    public void A_file_cut_off_at_any_length_is_damaged()
    {
        var zip = TorchModelWriter.Zip(("TransformerChain/TSModel", Model));
        for (var length = 0; length < zip.Length; length++)
            Assert.ThrowsExactly<InvalidDataException>(() => TorchModelReader.Read(new MemoryStream(zip[..length])), $"{length} bytes");
    }

    [TestMethod]
    public void Bytes_turned_over_are_read_or_damaged() => Gen.Select(Gen.Int[0, Model.Length - 1].Array[1, 4], Gen.Byte.Array[4]).Sample(
        (at, with) => ReadOrDamaged(s => TorchModelReader.ReadTensors(s), Turned(Model, at, with)), iter: 5_000, threads: 1);

    [TestMethod]
    public void Bytes_of_the_zip_turned_over_are_read_or_damaged()
    {
        var zip = TorchModelWriter.Zip(("TransformerChain/TSModel", Model), ("Schema", [1, 2, 3]));
        Gen.Select(Gen.Int[0, zip.Length - 1].Array[1, 4], Gen.Byte.Array[4]).Sample(
            (at, with) => ReadOrDamaged(s => TorchModelReader.Read(s), Turned(zip, at, with)), iter: 5_000, threads: 1);
    }

    [TestMethod]
    public void Random_bytes_are_read_or_damaged() => Gen.Byte.Array[0, 60].Sample(
        bytes =>
        {
            ReadOrDamaged(s => TorchModelReader.ReadTensors(s), bytes);
            ReadOrDamaged(s => TorchModelReader.Read(s), bytes);
        }, iter: 5_000, threads: 1);

    public static IEnumerable<object[]> Claims =>
    [
        ["a million tensors", Bytes(w => w.Write7BitEncodedInt64(1_000_000))],
        ["more tensors than are believed", Bytes(w => w.Write7BitEncodedInt64(1_000_001))],
        ["a long name", Bytes(w => Begin(w).Write7BitEncodedInt64(65_536))],
        ["a name of 2 GB", Bytes(w => Begin(w).Write7BitEncodedInt64(int.MaxValue))],
        ["a name of 2^63 bytes", Bytes(w => Begin(w).Write7BitEncodedInt64(long.MinValue))],
        ["a tensor of 2^40 floats", Bytes(w => Shaped(w, 1L << 20, 1L << 20))],
        ["a tensor of 2^62 floats", Bytes(w => Shaped(w, 1L << 31, 1L << 31))],
        ["one dimension of 2^64 - 1", Bytes(w => Shaped(w, -1))],
        ["dimensions whose product comes round to 0", Bytes(w => Shaped(w, 1L << 32, 1L << 32))],
        ["dimensions whose product comes round to 1", Bytes(w => Shaped(w, 3, -6148914691236517205))],
        ["more dimensions than are believed", Bytes(w => Shaped(w, [.. Enumerable.Repeat(1L, 65)]))],
    ];

    [TestMethod]
    [DynamicData(nameof(Claims))]
    public void What_is_only_claimed_takes_no_memory(string claim, byte[] bytes)
    {
        Damaged(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Damaged(bytes);
        Assert.IsLessThan(200_000, GC.GetAllocatedBytesForCurrentThread() - before, claim);
    }

    [TestMethod]
    [DataRow(8ul)]
    [DataRow(12ul)]
    [DataRow(4711ul)]
    // A code whose low bits are those of 32-bit floats.
    [DataRow((1ul << 32) + 6)]
    [DataRow(ulong.MaxValue - 9)]
    public void An_element_type_that_is_not_known_is_said(ulong type) =>
        Assert.Contains($"Tensor 'w' has the element type {type}", Damaged(TorchModelWriter.Write(new SavedTensor("w", type, [1], new byte[8]))).Message);

    [TestMethod]
    public void A_number_of_more_than_64_bits_is_damaged()
    {
        Assert.Contains("more than 64 bits", Damaged([.. Enumerable.Repeat((byte)0xFF, 11)]).Message);
        // The tenth byte holds the 64th bit and nothing above it.
        Assert.Contains("more than 64 bits", Damaged([.. Enumerable.Repeat((byte)0x80, 9), 2]).Message);
        Assert.Contains("at most 1000000 are believed", Damaged([.. Enumerable.Repeat((byte)0x80, 9), 1]).Message);
    }

    private static InvalidDataException Damaged(byte[] network) => Assert.ThrowsExactly<InvalidDataException>(() => TorchModelReader.ReadTensors(new MemoryStream(network)));

    private static void ReadOrDamaged(Func<Stream, object?> read, byte[] bytes)
    {
        try
        {
            read(new MemoryStream(bytes));
        }
        catch (InvalidDataException e)
        {
            Assert.IsGreaterThan(10, e.Message.Length);
        }
    }

    private static byte[] Turned(byte[] bytes, int[] at, byte[] with)
    {
        var turned = (byte[])bytes.Clone();
        for (var i = 0; i < at.Length; i++)
            turned[at[i]] = with[i];
        return turned;
    }

    private static byte[] Bytes(Action<BinaryWriter> write) => TorchModelWriter.Made(write);

    private static BinaryWriter Begin(BinaryWriter writer)
    {
        writer.Write((byte)1);
        return writer;
    }

    private static void Shaped(BinaryWriter writer, params long[] shape)
    {
        writer.Write([1, 1, (byte)'w', 6]);
        writer.Write7BitEncodedInt64(shape.Length);
        Array.ForEach(shape, writer.Write7BitEncodedInt64);
        writer.Write(Encoding.ASCII.GetBytes("few bytes"));
    }
}

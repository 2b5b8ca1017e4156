#nullable enable
using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace MLNetDebug.Torch.Build;

/// <summary>Reads and marks the version needs of an ELF library of 64 bits: which versions of which libraries the loader must find.</summary>
internal sealed class ElfVersionNeeds
{
    private const uint Load = 1, Dynamic = 2;
    private const long StringTable = 5, NeedTable = 0x6ffffffe, NeedCount = 0x6fffffff;
    private const int WeakFlag = 2, EntryLength = 16, MostLibraries = 1000;
    private readonly byte[] _elf;

    public ElfVersionNeeds(byte[] elf)
    {
        _elf = elf;
        if (elf.Length < 64 || Word(0) != 0x464c457f || elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException("This is no ELF library of 64 bits, little end first.");
    }

    /// <summary>Where the flags of each need of a version stand; empty where nothing needs it.</summary>
    public long[] FlagsOf(string version)
    {
        var found = new System.Collections.Generic.List<long>();
        var (need, count, strings) = Tables();
        if (count > MostLibraries)
            throw new InvalidDataException($"The library claims to need versions of {count} others; {MostLibraries} are believed.");
        for (var next = 1L; count-- > 0 && next != 0; need += next)
        {
            var entry = need + Word(need + 8);
            var step = 1L;
            for (var left = Half(need + 2); left-- > 0 && step != 0; entry += step)
            {
                if (IsText(strings + Word(entry + 8), version))
                    found.Add(entry + 4);
                step = Step(Word(entry + 12));
            }

            next = Step(Word(need + 12));
        }

        return found.ToArray();
    }

    /// <summary>Marks a version weak, so that the loader goes on where it is missing. Returns how many needs were changed.</summary>
    public int Weaken(string version)
    {
        var changed = 0;
        foreach (var flags in FlagsOf(version))
        {
            changed += (_elf[flags] & WeakFlag) == 0 ? 1 : 0;
            _elf[flags] |= WeakFlag;
        }

        return changed;
    }

    private (long Need, long Count, long Strings) Tables()
    {
        long need = -1, count = 0, strings = -1;
        foreach (var (start, length) in Segments(Dynamic))
        {
            for (var entry = start; entry <= start + length - EntryLength; entry += EntryLength)
            {
                var value = Long(entry + 8);
                switch (Long(entry))
                {
                    case StringTable: strings = FileOffset(value); break;
                    case NeedTable: need = FileOffset(value); break;
                    case NeedCount: count = value; break;
                }
            }
        }

        if (count != 0 && (need < 0 || strings < 0))
            throw new InvalidDataException("The library counts version needs and has no table of them.");
        return (need, count, strings);
    }

    private System.Collections.Generic.IEnumerable<(long Offset, long Length)> Segments(uint kind)
    {
        foreach (var header in Headers(kind))
            yield return Checked(Long(header + 8), Long(header + 32));
    }

    private System.Collections.Generic.IEnumerable<long> Headers(uint kind)
    {
        long table = Long(32), length = Half(54), count = Half(56);
        for (var i = 0; i < count; i++)
        {
            if (Word(table + i * length) == kind)
                yield return table + i * length;
        }
    }

    /// <summary>Tables are named by their address in memory; the loaded segments say where in the file that is.</summary>
    private long FileOffset(long address)
    {
        foreach (var header in Headers(Load))
        {
            var (start, length) = Checked(Long(header + 8), Long(header + 32));
            var into = address - Long(header + 16);
            if (into >= 0 && into < length)
                return start + into;
        }

        throw new InvalidDataException($"The address 0x{address:x} is in no loaded segment.");
    }

    private (long Offset, long Length) Checked(long offset, long length) =>
        offset >= 0 && length >= 0 && offset <= _elf.Length && length <= _elf.Length - offset
            ? (offset, length)
            : throw new InvalidDataException($"A segment at 0x{offset:x} of 0x{length:x} bytes is not within the file.");

    private static long Step(uint step) =>
        step is 0 or >= EntryLength ? step : throw new InvalidDataException($"Two version needs overlap: the next is {step} bytes on.");

    private bool IsText(long offset, string text) =>
        At(offset, text.Length + 1) is var start && Encoding.ASCII.GetString(_elf, start, text.Length) == text && _elf[start + text.Length] == 0;

    private ushort Half(long offset) => BitConverter.ToUInt16(_elf, At(offset, 2));

    private uint Word(long offset) => BitConverter.ToUInt32(_elf, At(offset, 4));

    private long Long(long offset) => BitConverter.ToInt64(_elf, At(offset, 8));

    private int At(long offset, int length) =>
        offset >= 0 && offset <= _elf.Length - length ? (int)offset : throw new InvalidDataException($"The file ends before 0x{offset:x}.");
}

/// <summary>Weakens a version need in one copied library, and in that copy alone.</summary>
internal static class WeakenedCopy
{
    /// <summary>
    /// Puts a weakened library in a file's place if its content is the one expected. The file itself is never written to: it may be a link into the package cache. Mode and time stay, so
    /// that an incremental build takes it for the copy it made.
    /// </summary>
    /// <returns>Whether the file was replaced.</returns>
    public static bool Make(string file, string version, string expectedSha256)
    {
        var content = File.ReadAllBytes(file);
        if (!string.Equals(Sha256(content), expectedSha256, StringComparison.OrdinalIgnoreCase))
            return false;
        if (new ElfVersionNeeds(content).Weaken(version) == 0)
            throw new InvalidDataException($"{file} does not need {version}.");
        var beside = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            // Copied first for the file's mode, then written over.
            File.Copy(file, beside);
            File.WriteAllBytes(beside, content);
            File.SetLastWriteTimeUtc(beside, File.GetLastWriteTimeUtc(file));
            File.Delete(file);
            File.Move(beside, file);
        }
        finally
        {
            File.Delete(beside);
        }

        return true;
    }

    public static string Sha256(byte[] content)
    {
        using var hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(content)).Replace("-", "").ToLowerInvariant();
    }
}

#if !WITHOUT_MSBUILD
/// <summary>The build's task: MLNetDebug.Torch.targets calls it for files whose hash it knows.</summary>
public sealed class WeakenGlibcxx : Microsoft.Build.Utilities.Task
{
    /// <summary>The copied library.</summary>
    [Microsoft.Build.Framework.Required]
    public string File { get; set; } = "";

    /// <summary>The version to mark weak.</summary>
    [Microsoft.Build.Framework.Required]
    public string Version { get; set; } = "";

    /// <summary>The hash of the library as its package has it; another is left alone.</summary>
    [Microsoft.Build.Framework.Required]
    public string Sha256 { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            if (WeakenedCopy.Make(File, Version, Sha256))
                Log.LogMessage(Microsoft.Build.Framework.MessageImportance.High, $"MLNetDebug: {File} no longer insists on {Version}.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.LogError($"MLNetDebug could not weaken {Version} in {File}: {failure.Message} Nothing else was changed; MLNetDebugWeakenGlibcxx=false leaves the file alone.");
        }

        return !Log.HasLoggedErrors;
    }
}
#endif

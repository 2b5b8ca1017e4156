using System.Text;
using System.Text.RegularExpressions;

namespace MLNetDebug.Torch.Runtime;

/// <summary>Which versions a C++ library of this system offers.</summary>
internal static class CppLibrary
{
    /// <summary>The newest version of a family, such as GLIBCXX, whose name stands in the file; null where the file cannot be read.</summary>
    public static string? NewestVersion(string library, string family)
    {
        try
        {
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(library));
            var newest = Regex.Matches(text, $@"\0{Regex.Escape(family)}_(\d+(?:\.\d+)+)(?=\0)").Select(m => Version.Parse(m.Groups[1].Value)).DefaultIfEmpty().Max();
            return newest is null ? null : $"{family}_{newest}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Benchmarks;

/// <summary>A Python process that holds the numeric columns in memory and times scipy's tests on them whenever asked.</summary>
internal sealed class ScipyKolmogorovSmirnov : IDisposable
{
    private const string Script = """
        import sys, time, numpy as np
        from scipy.stats import ks_2samp
        n, m, d = (int(a) for a in sys.argv[2:5])
        both = np.fromfile(sys.argv[1], dtype=np.float32).reshape(d, n + m).astype(float)
        pairs = [(row[:n][~np.isnan(row[:n])], row[n:][~np.isnan(row[n:])]) for row in both]
        print('ready', flush=True)
        for line in sys.stdin:
            started = time.perf_counter()
            for x, y in pairs:
                ks_2samp(x, y)
            print(time.perf_counter() - started, flush=True)
        """;

    private readonly Process _process;
    private readonly string _file;

    private ScipyKolmogorovSmirnov(Process process, string file)
    {
        (_process, _file) = (process, file);
    }

    /// <summary>Starts it; null where Python or scipy is not installed.</summary>
    public static ScipyKolmogorovSmirnov? Start(ZooTable train, ZooTable test)
    {
        var file = Path.GetTempFileName();
        using (var writer = new BinaryWriter(File.Create(file)))
        {
            for (var j = 0; j < train.Columns.Length; j++)
            {
                foreach (var value in train.Columns[j].Concat(test.Columns[j]))
                    writer.Write(value);
            }
        }

        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new object[] { "-c", Script, file, train.Rows, test.Rows, train.Columns.Length })
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        try
        {
            var process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() == "ready")
                return new ScipyKolmogorovSmirnov(process, file);
        }
        catch (Win32Exception)
        {
            // No Python here.
        }

        File.Delete(file);
        return null;
    }

    /// <summary>Wall seconds of all columns' tests.</summary>
    public double Time()
    {
        _process.StandardInput.WriteLine("go");
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_file);
    }
}

using System.Diagnostics;
using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>One study by three workers that are harmed, and what an independent reading of its store finds wrong afterwards.</summary>
/// <param name="Faults">Sentences; empty where nothing is wrong.</param>
/// <param name="Hits">Kills and halts that fell before the end of whom they met.</param>
/// <param name="TakenOver">Trials that were taken from a harmed worker.</param>
/// <param name="Refused">Trials that a halted worker had lost: what it said of them afterwards was refused.</param>
internal sealed record HarmedStudy(IReadOnlyList<string> Faults, int Hits, int TakenOver, int Refused)
{
    private const int Workers = 3;
    private const string StudyName = "harmed";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a study.</summary>
    /// <param name="address">A store of its own.</param>
    /// <param name="plan">One of <see cref="SweepWorker.Plans"/>.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <param name="harm">What is done to the workers.</param>
    /// <param name="lines">About how many lines workers say together where nobody is harmed.</param>
    public static HarmedStudy Run(string address, string plan, int seed, StudyHarm harm, int lines)
    {
        var workers = new List<WorkerProcess>();
        WorkerProcess Begin()
        {
            var worker = WorkerProcess.Start($"worker {workers.Count}", address, StudyName, plan, seed);
            workers.Add(worker);
            return worker;
        }

        try
        {
            for (var i = 0; i < Workers; i++)
                Begin();
            Harm(harm, workers, Begin, lines);
            var ended = Stopwatch.GetTimestamp();
            var late = workers.Where(w => !w.WaitForExit(Max(Patience - Stopwatch.GetElapsedTime(ended)))).Select(w => $"{w.Name} was at work after {Patience.TotalMinutes} minutes.").ToArray();
            if (late.Length > 0)
                return new HarmedStudy(late, 0, 0, 0);
            using var store = StudyAddress.Open(address);
            var (snapshot, events) = (store.Read(StudyName), store.Events(StudyName));
            string[] faults = [.. StudyFaults.Of(snapshot, events), .. WorkerFaults.Of(snapshot, events, workers)];
            string[] harmed = [.. workers.Where(w => w.IsKilled || w.WasStopped).Select(w => w.Name)];
            var taken = events.Count(e => e.Kind == TrialEventKind.TakenOver && harmed.Contains(events.Last(o => o.Trial == e.Trial && o.Attempt == e.Attempt - 1).Worker));
            return new HarmedStudy(faults, harmed.Length, taken, workers.Where(w => w.WasStopped).Sum(w => WorkerFaults.Lost(snapshot, w)));
        }
        finally
        {
            workers.ForEach(w => w.Dispose());
        }
    }

    private static void Harm(StudyHarm harm, List<WorkerProcess> workers, Func<WorkerProcess> begin, int lines)
    {
        Wait(workers, (int)(harm.Share * lines), harm.Milliseconds);
        var victim = Victim(workers, harm.Victim);
        if (harm.Kind == HarmKind.Halt)
        {
            WaitForTrial(victim);
            victim.Halt();
            WaitForTakeOver(workers, victim);
            // One half wakes while another is at its trial, the rest after that.
            Thread.Sleep(harm.Milliseconds % 2 * SweepWorker.Expiry);
            victim.GoOn();
            return;
        }

        victim.Kill();
        if (harm.Kind == HarmKind.KillAll)
            workers.ForEach(w => w.Kill());
        if (harm.Kind is HarmKind.KillAll or HarmKind.KillAndRestart)
            begin();
        if (harm.Kind == HarmKind.KillTwo)
        {
            Wait(workers, (int)(harm.Second * lines), harm.Milliseconds);
            Victim(workers, harm.Victim / Workers).Kill();
        }
    }

    private static void Wait(List<WorkerProcess> workers, int lines, int milliseconds)
    {
        while (workers.Sum(w => w.Said) < lines && workers.Exists(w => w.IsAlive))
            Thread.Sleep(1);
        Thread.Sleep(milliseconds);
    }

    /// <summary>Until it is in the middle of a trial: a halt before or after one shows nothing.</summary>
    private static void WaitForTrial(WorkerProcess victim)
    {
        for (var said = victim.Said; victim.IsAlive; Thread.Sleep(1))
        {
            if (victim.Said > said && (victim.Lines[^1].StartsWith(TellingStudyStore.Began, StringComparison.Ordinal) || victim.Lines[^1].StartsWith(TellingStudyStore.Reported, StringComparison.Ordinal)))
                return;
        }
    }

    /// <summary>Until another has the trial that a worker was at; not for ever, since it may have been halted with the store's lock.</summary>
    private static void WaitForTakeOver(List<WorkerProcess> workers, WorkerProcess halted)
    {
        var began = halted.Lines.LastOrDefault(l => l.StartsWith(TellingStudyStore.Began, StringComparison.Ordinal))?.Split(' ')[1];
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < 6 * SweepWorker.Expiry; Thread.Sleep(1))
        {
            if (workers.Exists(w => w != halted && w.Lines.Any(l => l.StartsWith($"{TellingStudyStore.Began} {began} ", StringComparison.Ordinal))))
                return;
        }
    }

    private static WorkerProcess Victim(List<WorkerProcess> workers, int choice)
    {
        var alive = workers.FindAll(w => w.IsAlive);
        var among = alive.Count > 0 ? alive : workers;
        return among[choice % among.Count];
    }

    private static TimeSpan Max(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;
}

using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>One pass over a text file.</summary>
internal sealed class FilePass(string fileName, TextLoader.Options options, FileColumns columns)
{
    private const int MaxTallies = 100_000;
    private const int RowsPerReport = 8192;

    private readonly TextSyntax _syntax = TextSyntax.Of(options);
    private readonly bool _hasHeader = options.HasHeader && string.IsNullOrWhiteSpace(options.HeaderFile);
    private readonly bool _keepsEmpty = options.MissingRealsAsNaNs && !options.AllowSparse;
    private readonly Dictionary<(int Field, string Column, CellFate Fate), (FileTarget Target, Tally Tally)> _fates = [];
    private readonly RowWidths _widths = new();
    private readonly Tally _badSparse = new();
    private readonly TextTwins _twins = new();
    private readonly List<string> _firstRows = [];
    private readonly HashSet<int> _badInFirstRow = [];
    private int _numbersInFirstRow;
    private long _otherMarker;
    private long _rows;

    public FileCheck Run(System.IO.TextReader reader, CancellationToken cancellation, IProgress<DiagnosticsProgress>? progress)
    {
        var rows = new RowReader(reader, _syntax);
        var splitter = new FieldSplitter(_syntax, columns.HasOpenEnd ? int.MaxValue - 1 : Math.Max(columns.FieldsNeeded, options.InputSize ?? 0) - 1);
        var limit = options.MaxRows ?? long.MaxValue;
        long firstLine = 0;
        IReadOnlyList<Field>? header = null;
        while (_rows < limit && rows.Next() is { } text)
        {
            firstLine = firstLine == 0 ? rows.Line : firstLine;
            var count = splitter.Split(text);
            if (_hasHeader && header is null)
            {
                header = [.. splitter.Fields];
                continue;
            }

            Take(rows.Line, text, count, splitter.Fields);
            if (splitter.IsBadSparse)
                _badSparse.Add(rows.Line, text);
            if (_rows % RowsPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new DiagnosticsProgress("check file", _rows, null));
            }
        }

        return Result(rows, header, firstLine);
    }

    private void Take(long line, string text, int count, IReadOnlyList<Field> fields)
    {
        var isFirst = _rows++ == 0;
        if (_firstRows.Count < SeparatorGuess.Rows)
            _firstRows.Add(text.Length > SeparatorGuess.MaxLength ? text[..SeparatorGuess.MaxLength] : text);
        _widths.Add(count, line);
        foreach (var field in fields)
        {
            foreach (var target in columns.Of(field.Index))
            {
                var fate = Judge(line, field, target);
                if (isFirst && target is { Kind: not DataKind.String })
                    NoteFirst(field, fate);
            }
        }
    }

    private CellFate Judge(long line, Field field, FileTarget target)
    {
        var cell = field.Text.Span;
        if (target is { Kind: DataKind.String, KeyCount: null })
        {
            if (field.IsBadQuote)
                return Add(line, field, target, CellFate.BadQuote);
            _twins.Add(field.Index, target, line, field.Text);
            return cell.Contains('\uFFFD') ? Add(line, field, target, CellFate.Undecodable) : CellFate.AsWritten;
        }

        var fate = CellReader.Read(cell, target.Kind, target.KeyCount, options.DecimalMarker, options.MissingRealsAsNaNs, _keepsEmpty).Fate;
        if (field.IsBadQuote)
            return Add(line, field, target, fate == CellFate.Throws ? fate : CellFate.BadQuote);
        // An empty cell of a sparse line is a zero that was left out, as it should be.
        if (fate == CellFate.AsWritten || (cell.IsEmpty && (options.AllowSparse || target.KeyCount is not null)))
            return CellFate.AsWritten;
        if (fate == CellFate.TextToNaN && NumberText.TryRead(cell.Trim(), options.DecimalMarker == '.' ? ',' : '.', out _, out _))
            _otherMarker++;
        return Add(line, field, target, fate);
    }

    private CellFate Add(long line, Field field, FileTarget target, CellFate fate)
    {
        // Beyond the bound slots are no longer told apart.
        var key = (_fates.Count < MaxTallies || _fates.ContainsKey((field.Index, target.Column, fate)) ? field.Index : -1, target.Column, fate);
        if (!_fates.TryGetValue(key, out var entry))
            _fates[key] = entry = (key.Item1 < 0 ? target with { Slot = null } : target, new Tally());
        entry.Tally.Add(line, field.Text.Span);
        return fate;
    }

    private void NoteFirst(Field field, CellFate fate)
    {
        if (field.Text.Length == 0)
            return;
        _numbersInFirstRow++;
        if (fate is CellFate.TextToNaN or CellFate.Throws or CellFate.KeyToMissing)
            _badInFirstRow.Add(field.Index);
    }

    private FileCheck Result(RowReader rows, IReadOnlyList<Field>? header, long firstLine)
    {
        var names = header?.DistinctBy(f => f.Index).ToDictionary(f => f.Index, f => f.Text.Trim().ToString());
        var fates = _fates.Select(f => Fate(f.Key.Field, f.Value.Target, f.Key.Fate, f.Value.Tally.ToOccurrence(), names))
            .Concat(_twins.Found().Select(t => Fate(t.Field, t.Target, CellFate.BlankTwin, t.Where, names)))
            .OrderBy(f => f.SourceIndex).ThenBy(f => f.Fate).ToArray();
        var usual = _widths.Usual;
        var ragged = !options.AllowSparse && !columns.HasOpenEnd;
        return new FileCheck
        {
            FileName = fileName,
            Separators = _syntax.Separators,
            MissingRealsAsNaNs = options.MissingRealsAsNaNs,
            AllowQuoting = options.AllowQuoting,
            HasHeader = _hasHeader,
            Rows = _rows,
            FieldsNeeded = columns.FieldsNeeded,
            FieldsUsual = usual,
            ShortRows = options.AllowSparse ? Occurrence.None : _widths.Where(w => w < columns.FieldsNeeded),
            LongRows = ragged && usual >= columns.FieldsNeeded ? _widths.Where(w => w > usual) : Occurrence.None,
            BadSparseRows = _badSparse.ToOccurrence(),
            SkippedLines = rows.Skipped.ToOccurrence(),
            FirstRowIsHeader = !_hasHeader && LooksLikeHeader(),
            HeaderIsData = header is not null && LooksLikeData(header),
            FirstLine = firstLine,
            LikelySeparator = options.AllowSparse || usual >= columns.FieldsNeeded ? null : SeparatorGuess.Find(_syntax, _firstRows, columns.FieldsNeeded),
            OtherDecimalMarker = _otherMarker > 0 && 2 * _otherMarker >= _fates.Where(f => f.Key.Fate == CellFate.TextToNaN).Sum(f => f.Value.Tally.Count),
            UnclosedQuote = rows.UnclosedQuote,
            Fates = fates,
            NotChecked = [.. columns.NotChecked, .. _twins.NotChecked(fileName)],
        };
    }

    private static ColumnFate Fate(int field, FileTarget target, CellFate fate, Occurrence where, Dictionary<int, string>? names) =>
        new(target.Column, target.Slot, names?.GetValueOrDefault(field), field, target.Kind, fate, where);

    /// <summary>Half the number cells of the first row are no numbers, in columns that mostly hold numbers below it.</summary>
    private bool LooksLikeHeader()
    {
        if (_rows < 2 || _badInFirstRow.Count == 0 || 2 * _badInFirstRow.Count < _numbersInFirstRow)
            return false;
        return _fates.All(f => f.Key.Fate is not (CellFate.TextToNaN or CellFate.Throws or CellFate.KeyToMissing)
            || !_badInFirstRow.Contains(f.Key.Field) || 2 * f.Value.Tally.Count <= _rows);
    }

    private bool LooksLikeData(IReadOnlyList<Field> header)
    {
        var numbers = header
            .SelectMany(f => columns.Of(f.Index).Where(t => t.Kind != DataKind.String || t.KeyCount is not null).Select(t => (Field: f, Target: t)))
            .ToArray();
        return numbers.Length > 0 && numbers.All(n => n.Field.Text.Length > 0
            && CellReader.Read(n.Field.Text.Span, n.Target.Kind, n.Target.KeyCount, options.DecimalMarker).Fate is CellFate.AsWritten);
    }
}

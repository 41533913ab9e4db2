import type {
	DataTableFilter,
	DataTableProxyProvider,
	DataTableRow,
	DataTableRowReturn,
	IDataTableProjectAggregateService,
	IDataTableProjectService,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

interface Table {
	id: string;
	name: string;
	columns: string[];
	rows: DataTableRowReturn[];
}

/**
 * n8n's data tables, in memory: what the Data Table node asks of the server. Like that, it takes no
 * column that a table does not have.
 */
export class TestDataTables {
	private readonly tables = new Map<string, Table>();

	private nextId = 1;

	rowsOf(name: string): DataTableRow[] {
		return this.named(name)?.rows ?? [];
	}

	create(name: string, columns: string[]): Table {
		if (this.named(name)) throw new UserError(`Data table with name '${name}' already exists`);
		const table: Table = { id: `table-${this.nextId++}`, name, columns, rows: [] };
		this.tables.set(table.id, table);
		return table;
	}

	/** As n8n-core finds it in the additional data of an execution. */
	get provider(): DataTableProxyProvider {
		return {
			getDataTableAggregateProxy: async () => this.aggregate() as IDataTableProjectAggregateService,
			getDataTableProxy: async (_workflow, _node, id) => this.table(id) as IDataTableProjectService,
		};
	}

	private named(name: string): Table | undefined {
		return [...this.tables.values()].find((table) => table.name === name);
	}

	private aggregate(): Partial<IDataTableProjectAggregateService> {
		const shown = ({ id, name }: Table) => ({ id, name }) as never;
		return {
			getManyAndCount: async ({ filter }) => {
				const found = this.named((filter as { name: string }).name);
				return { count: found ? 1 : 0, data: found ? [shown(found)] : [] };
			},
			createDataTable: async ({ name, columns }) =>
				shown(
					this.create(
						name,
						columns.map((column) => column.name),
					),
				),
		};
	}

	private table(id: string): Partial<IDataTableProjectService> {
		const table = this.tables.get(id);
		if (!table) throw new UserError(`Could not find the data table: '${id}'`);
		return {
			getColumns: async () =>
				table.columns.map((name, index) => ({ id: name, name, type: 'string', index }) as never),
			getManyRowsAndCount: async ({ filter, skip = 0, take = 50 }) => {
				const found = table.rows.filter((row) => fits(row, filter));
				return { count: found.length, data: found.slice(skip, skip + take) };
			},
			upsertRow: async ({ data, filter }) => {
				const unknown = Object.keys(data).filter((name) => !table.columns.includes(name));
				if (unknown.length > 0) throw new UserError(`unknown column name '${unknown.join()}'`);
				const found = table.rows.filter((row) => fits(row, filter));
				const now = new Date();
				const made: DataTableRowReturn = { id: this.nextId++, createdAt: now, updatedAt: now };
				const changed = found.length > 0 ? found : [made];
				if (found.length === 0) table.rows.push(made);
				for (const row of changed) Object.assign(row, data, { updatedAt: now });
				return changed;
			},
		};
	}
}

function fits(row: DataTableRow, filter: DataTableFilter | undefined): boolean {
	const conditions = filter?.filters ?? [];
	if (conditions.length === 0) return true;
	const results = conditions.map(({ columnName, condition, value }) => {
		if (condition !== 'eq') throw new UserError(`The test harness does not offer '${condition}'`);
		return row[columnName] === value;
	});
	return filter?.type === 'or' ? results.some(Boolean) : results.every(Boolean);
}
